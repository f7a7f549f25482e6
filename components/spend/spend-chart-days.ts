import type { ChartDay, ChartSeries } from '@/components/charts/chart-types';
import { addUsd, type Usd, usdToNumber, ZERO_USD } from '@/lib/domain/money/usd';
import { forecastDays, type SpendView, spendDays } from '@/lib/domain/spend/spend-view';

const OTHERS_COLOR = 'var(--series-6)';
const TOTAL = 'total';

function keyOf(at: number): string {
  return `series-${at}`;
}

/** The colour of a line of the table and of its part of the chart. */
export function spendColor(view: SpendView, at: number): string {
  return view.series[at]?.member ? `var(--series-${Math.min(at + 1, 6)})` : OTHERS_COLOR;
}

/** The lines of the table as parts of the chart, in the same order. */
export function spendChartSeries(view: SpendView): ChartSeries[] {
  return view.series.map(({ label }, at) => ({ key: keyOf(at), label, color: spendColor(view, at) }));
}

/** The total goes first where lines stand beside each other; one line is its own total. */
export function spendLineSeries(view: SpendView): ChartSeries[] {
  const series = spendChartSeries(view);
  return series.length === 1 ? series : [{ key: TOTAL, label: 'Total', color: 'var(--ink)' }, ...series];
}

/** Each UTC day by itself; an unread day has no value, and days ahead are forecast. */
export function dailyChartDays(view: SpendView): ChartDay[] {
  const known = spendDays(view).map(({ day, state }, at) => ({
    day,
    state,
    values:
      state === 'missing'
        ? {}
        : Object.fromEntries(
            view.series.map(({ days }, index) => [keyOf(index), usdToNumber(days[at] ?? ZERO_USD)]),
          ),
  }));
  const ahead = forecastDays(view).map((day, at) => ({
    day,
    state: 'forecast' as const,
    values: Object.fromEntries(
      view.series.map(({ forecast }, index) => [keyOf(index), forecast?.days[at] ?? 0]),
    ),
  }));
  return [...known, ...ahead];
}

function withTotal(values: readonly number[], total: number): Record<string, number> {
  return { [TOTAL]: total, ...Object.fromEntries(values.map((value, at) => [keyOf(at), value])) };
}

/** Exact sums up to each day; the forecast ends where the month's forecast does. */
export function cumulativeChartDays(view: SpendView): ChartDay[] {
  const sums: Usd[] = view.series.map(() => ZERO_USD);
  const known = spendDays(view).map(({ day, state }, at): ChartDay => {
    for (const [index, { days }] of view.series.entries()) {
      sums[index] = addUsd(sums[index] ?? ZERO_USD, days[at] ?? ZERO_USD);
    }
    const values = withTotal(sums.map(usdToNumber), usdToNumber(addUsd(ZERO_USD, ...sums)));
    return { day, state, values: state === 'missing' ? {} : values };
  });
  const expected = sums.map((sum, at) => usdToNumber(sum) + (view.series[at]?.forecast?.carried ?? 0));
  const ahead = forecastDays(view).map((day, at): ChartDay => {
    for (const [index, { forecast }] of view.series.entries()) {
      expected[index] = (expected[index] ?? 0) + (forecast?.days[at] ?? 0);
    }
    const total = expected.reduce((sum, value) => sum + value, 0);
    return { day, state: 'forecast', values: withTotal(expected, total) };
  });
  return [...known, ...ahead];
}
