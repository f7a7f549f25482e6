import { formatUsd, formatUsdCompact } from '@/lib/utils/format-money';
import { formatCount, formatCountCompact } from '@/lib/utils/format-number';
import type { ChartDay, ChartSeries, ChartUnit } from './chart-types';

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** Upper end of an axis with four even steps: the smallest round number at or above the value. */
export function niceMax(value: number): number {
  if (!(value > 0)) return 1;
  const step = value / 4;
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = STEPS.find((candidate) => candidate * power >= step * (1 - 1e-9)) ?? 10;
  return Number((factor * power * 4).toPrecision(12));
}

/** Axis ticks from zero to `niceMax`, in fourths. */
export function axisTicks(max: number): number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((part) => Number((max * part).toPrecision(12)));
}

export function seriesColor(series: ChartSeries, index: number): string {
  return series.color ?? `var(--series-${Math.min(index + 1, 6)})`;
}

export function dayTotal(day: ChartDay, series: readonly ChartSeries[]): number {
  return series.reduce((sum, { key }) => sum + (day.values[key] ?? 0), 0);
}

/** For tooltip and table. */
export function formatChartValue(value: number, unit: ChartUnit): string {
  return unit === 'usd' ? formatUsd(value.toFixed(6)) : formatCount(value);
}

/** For the axis: short, and in full dollars while that is short. */
export function formatAxisValue(value: number, unit: ChartUnit): string {
  if (unit === 'count') return formatCountCompact(value);
  if (value === 0) return '$0';
  if (value >= 100_000) return formatUsdCompact(value.toFixed(6));
  return formatUsd(value.toFixed(6), { digits: value < 10 ? 2 : Number.isInteger(value) ? 0 : 1 });
}
