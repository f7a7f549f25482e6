import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Connection">
      <SkeletonTable rows={6} label="Loading the connection" />
    </PageFrame>
  );
}
