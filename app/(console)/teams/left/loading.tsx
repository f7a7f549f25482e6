import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame breadcrumb="Teams" title="Keys of people who left">
      <SkeletonTable rows={6} label="Keys of people who left are loading" />
    </PageFrame>
  );
}
