import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Teams">
      <SkeletonTable rows={6} label="Teams are loading" />
    </PageFrame>
  );
}
