import type { valueAxis } from './chart-scale';
import type { ChartDay } from './chart-types';
import { dayTick } from './day-tick';

const shared = { tickLine: false, axisLine: false, tick: { fill: 'var(--muted)', fontSize: 11 } } as const;

/** Properties of the axis below a chart: consecutive UTC days. */
export function dayAxisProps(days: readonly ChartDay[]) {
  return {
    ...shared,
    dataKey: 'day',
    tickFormatter: dayTick(days),
    interval: 'equidistantPreserveStart',
    minTickGap: 24,
    height: 26,
  } as const;
}

/** Properties of the axis beside a chart, from nothing up to a round value above the highest. */
export function valueAxisProps(axis: ReturnType<typeof valueAxis>) {
  return {
    ...shared,
    width: axis.width,
    domain: [0, axis.max] as [number, number],
    ticks: axis.ticks,
    tickFormatter: axis.label,
  };
}
