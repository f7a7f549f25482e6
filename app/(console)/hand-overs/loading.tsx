import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Hand-overs">
      <SkeletonTable rows={6} label="Hand-overs are loading" />
    </PageFrame>
  );
}
