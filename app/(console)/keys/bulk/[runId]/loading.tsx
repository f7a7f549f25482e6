import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame breadcrumb="Bulk changes" title="Bulk change">
      <SkeletonTable rows={8} label="The bulk change is loading" />
    </PageFrame>
  );
}
