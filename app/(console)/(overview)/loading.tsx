import { PageFrame } from '@/components/layout/page-frame';
import { Skeleton, SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title={<Skeleton className="h-6 w-32" />}>
      <SkeletonTable rows={6} label="The page is loading" />
    </PageFrame>
  );
}
