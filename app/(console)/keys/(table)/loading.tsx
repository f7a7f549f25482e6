import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Keys">
      <SkeletonTable rows={12} label="Keys are loading" />
    </PageFrame>
  );
}
