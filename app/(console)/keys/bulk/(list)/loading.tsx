import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame breadcrumb="Keys" title="Bulk changes">
      <SkeletonTable rows={4} label="Bulk changes are loading" />
    </PageFrame>
  );
}
