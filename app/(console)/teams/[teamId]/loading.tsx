import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame breadcrumb="Teams" title="Team">
      <SkeletonTable rows={6} label="The team is loading" />
    </PageFrame>
  );
}
