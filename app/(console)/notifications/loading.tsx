import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Notifications">
      <SkeletonTable rows={5} label="Your notifications are loading" />
    </PageFrame>
  );
}
