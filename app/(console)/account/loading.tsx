import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="My account">
      <SkeletonTable rows={4} label="Your account is loading" />
    </PageFrame>
  );
}
