'use client';

import dynamic from 'next/dynamic';
import type { CSSProperties } from 'react';
import { ChartSkeleton } from './chart-skeleton';
import type { StackedSpendChartProps } from './stacked-spend-chart';

const Chart = dynamic(() => import('./stacked-spend-chart').then((module) => module.StackedSpendChart), {
  ssr: false,
  loading: ChartSkeleton,
});

/** The drawing library is loaded apart from the page; a skeleton of the same height stands in. */
export function LazyStackedSpendChart({ height = 280, ...props }: StackedSpendChartProps) {
  const style: CSSProperties & Record<'--chart-height', string> = { '--chart-height': `${height}px` };
  return (
    <div style={style} className="min-h-[calc(var(--chart-height)+20px)]">
      <Chart {...props} height={height} />
    </div>
  );
}
