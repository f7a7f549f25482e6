import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Audit">
      <SkeletonTable rows={10} label="The audit log is loading" />
    </PageFrame>
  );
}
