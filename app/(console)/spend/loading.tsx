import { PageFrame } from '@/components/layout/page-frame';
import { SpendSkeleton } from '@/components/spend/spend-skeleton';

export default function Loading() {
  return (
    <PageFrame title="Spend">
      <SpendSkeleton />
    </PageFrame>
  );
}
