import { PageFrame } from '@/components/layout/page-frame';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageFrame breadcrumb="Keys" title="Key">
      <div role="status" className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
        <span className="sr-only">The key is loading</span>
        <div className="flex flex-col gap-4">
          <Skeleton className="h-32 rounded-panel" />
          <Skeleton className="h-96 rounded-panel" />
        </div>
        <Skeleton className="h-80 rounded-panel" />
      </div>
    </PageFrame>
  );
}
