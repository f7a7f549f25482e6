import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Drift">
      <SkeletonTable rows={6} label="What was changed outside is loading" />
    </PageFrame>
  );
}
