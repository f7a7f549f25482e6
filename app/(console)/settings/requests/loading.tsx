import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Rules of asking">
      <SkeletonTable rows={6} label="The rules are loading" />
    </PageFrame>
  );
}
