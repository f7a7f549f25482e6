import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame breadcrumb="Teams" title="Assignment rules">
      <SkeletonTable rows={6} label="Assignment rules are loading" />
    </PageFrame>
  );
}
