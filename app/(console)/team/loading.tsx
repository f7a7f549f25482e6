import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="My team">
      <SkeletonTable rows={6} label="Your team is loading" />
    </PageFrame>
  );
}
