import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Members">
      <SkeletonTable rows={5} label="Members are loading" />
    </PageFrame>
  );
}
