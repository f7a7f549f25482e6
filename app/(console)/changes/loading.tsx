import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Changes">
      <SkeletonTable rows={6} label="Changes are loading" />
    </PageFrame>
  );
}
