import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Requests">
      <SkeletonTable rows={6} label="Requests are loading" />
    </PageFrame>
  );
}
