import { PageFrame } from '@/components/layout/page-frame';
import { SkeletonTable } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame title="Webhooks">
      <SkeletonTable rows={5} label="Webhooks are loading" />
    </PageFrame>
  );
}
