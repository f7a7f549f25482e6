import { ChartSkeleton } from '@/components/charts/chart-skeleton';
import { Panel } from '@/components/layout/page-frame';
import { Skeleton, SkeletonTable } from '@/components/ui/skeleton';

/** The page's shape while its figures come. */
export function SpendSkeleton() {
  return (
    <>
      <div className="flex gap-2.5">
        <Skeleton className="h-7 w-28 rounded-full" />
        <Skeleton className="h-7 w-20 rounded-full" />
      </div>
      <div className="flex items-end gap-10">
        <Skeleton className="h-12 w-36" />
        <Skeleton className="h-10 w-20" />
        <Skeleton className="h-10 w-28" />
      </div>
      <Panel className="[--chart-height:300px]">
        <ChartSkeleton />
      </Panel>
      <SkeletonTable rows={6} label="Spend is loading" />
    </>
  );
}
