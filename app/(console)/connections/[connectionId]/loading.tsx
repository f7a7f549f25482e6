import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame breadcrumb="Connections" title="Connection">
      <SkeletonTable rows={6} label="The connection is loading" />
    </PageFrame>
  );
}
