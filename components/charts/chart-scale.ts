import { formatUsd, formatUsdCompact } from '@/lib/utils/format-money';
import { formatCount, formatCountCompact } from '@/lib/utils/format-number';
import type { ChartDay, ChartSeries, ChartUnit } from './chart-types';

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
/** A provider tells spend to the millionth of a dollar, and requests are whole. */
const SMALLEST_STEP: Record<ChartUnit, number> = { usd: 0.000001, count: 1 };

/** One of four even steps that reach the value: the smallest round number that the unit can be told in. */
function niceStep(highest: number, unit: ChartUnit): number {
  if (!(highest > 0)) return unit === 'count' ? 1 : 0.25;
  const step = Math.max(highest / 4, SMALLEST_STEP[unit]);
  const power = 10 ** Math.floor(Math.log10(step));
  const steps = STEPS.map((factor) => Number((factor * power).toPrecision(12)));
  const told = steps.filter((candidate) => Number.isInteger(candidate) || unit === 'usd');
  return told.find((candidate) => candidate >= step * (1 - 1e-9)) ?? 10 * power;
}

function decimalsOf(step: number): number {
  const decimals = step.toFixed(6).replace(/0+$/, '').split('.')[1]?.length ?? 0;
  return decimals === 0 ? 0 : Math.max(2, decimals);
}

export interface ValueAxis {
  readonly max: number;
  readonly ticks: readonly number[];
  /** A tick in words; no two ticks read the same. */
  readonly label: (value: number) => string;
  /** Pixels that the longest words take. */
  readonly width: number;
}

const COMPACT_FROM = 100_000;
const LEAST_WIDTH = 58;
const DIGIT_WIDTH = 6.6;

/** An axis from zero to a round number at or above `highest`, in fourths, with as many decimals as they need. */
export function valueAxis(highest: number, unit: ChartUnit): ValueAxis {
  const step = niceStep(highest, unit);
  const ticks = [0, 1, 2, 3, 4].map((index) => Number((step * index).toPrecision(12)));
  const max = ticks.at(-1) ?? step;
  const digits = decimalsOf(step);
  const label = (value: number): string => {
    if (unit === 'count') return formatCountCompact(value);
    if (value === 0) return '$0';
    return max >= COMPACT_FROM ? formatUsdCompact(value.toFixed(6)) : formatUsd(value.toFixed(6), { digits });
  };
  const longest = Math.max(...ticks.map((tick) => label(tick).length));
  return { max, ticks, label, width: Math.max(LEAST_WIDTH, Math.ceil(longest * DIGIT_WIDTH) + 8) };
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
