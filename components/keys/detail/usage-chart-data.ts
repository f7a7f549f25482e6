import type { ChartDay, ChartSeries } from '@/components/charts/chart-types';
import type { KeyUsage } from '@/lib/domain/keys/key-usage';
import type { UsageMeasure } from './usage-params';

const stateOf = { complete: 'final', open: 'today', missing: 'missing' } as const;

export type UsageChartData = { readonly days: readonly ChartDay[]; readonly series: readonly ChartSeries[] };

/** A key's usage as its chart draws it; a day that was not read has no value. */
export function usageChartData(usage: KeyUsage, measure: UsageMeasure): UsageChartData {
  const found = usage[measure];
  return {
    series: found.map(({ label }, at) => ({ key: `model-${at}`, label })),
    days: usage.days.map(({ day, state }, at) => ({
      day,
      state: stateOf[state],
      values:
        state === 'missing'
          ? {}
          : Object.fromEntries(found.map(({ values }, index) => [`model-${index}`, values[at] ?? 0])),
    })),
  };
}
