import { Skeleton } from '@/components/ui/skeleton';

const HEIGHTS = [42, 60, 55, 71, 64, 30, 28, 66, 72, 58, 80, 75, 34, 31, 69].map((percent, index) => ({
  id: `bar-${index}`,
  percent,
}));

/** As tall as the chart it stands for (`--chart-height` of the wrapper), so that nothing jumps. */
export function ChartSkeleton() {
  return (
    <div role="status" className="flex h-[calc(var(--chart-height)+20px)] items-end gap-1.5 pb-12 pl-14">
      <span className="sr-only">Loading the chart</span>
      {HEIGHTS.map(({ id, percent }) => (
        <Skeleton key={id} className="flex-1" style={{ height: `${percent}%` }} />
      ))}
    </div>
  );
}
