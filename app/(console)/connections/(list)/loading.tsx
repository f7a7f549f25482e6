import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Connections">
      <SkeletonTable rows={3} label="Connections are loading" />
    </PageFrame>
  );
}
