import { describe, expect, it } from 'vitest';
import { usd } from '@/lib/domain/money/usd';
import { parseUtcDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import type { SpendSeries, SpendView } from '@/lib/domain/spend/spend-view';
import { cumulativeChartDays, dailyChartDays, spendChartSeries, spendLineSeries } from './spend-chart-days';

function day(text: string): UtcDay {
  const parsed = parseUtcDay(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

const figures = { spend: usd('0.3'), previous: usd('1'), requests: 3, keys: 1 };

function series(id: number | null, days: readonly string[], ahead: readonly number[]): SpendSeries {
  const label = id === null ? '4 other teams' : `Team ${id}`;
  return {
    ...figures,
    member: id === null ? null : { ...figures, id, label, detail: null, isOpen: true },
    label,
    days: days.map(usd),
    forecast: { monthEnd: usd('10'), days: ahead, carried: 2 },
  };
}

const view: SpendView = {
  asOf: '2026-11-28T10:00:00.000Z',
  today: day('2026-11-28'),
  by: 'team',
  range: { from: day('2026-11-25'), to: day('2026-11-30') },
  until: day('2026-11-28'),
  previous: { from: day('2026-10-25'), to: day('2026-10-28'), unknownDays: 0 },
  states: 'fmpt',
  gaps: [],
  total: figures,
  series: [series(1, ['0.1', '0', '0.2', '0.3'], [5, 6]), series(null, ['1', '0', '2', '0'], [1, 1])],
  others: [],
  forecast: { monthEnd: usd('20'), band: usd('1'), knownDays: 28 },
};

describe('the chart of a view', () => {
  it('draws what was not read as missing, never as zero, and what is to come as forecast', () => {
    const days = dailyChartDays(view);
    expect(days.map(({ state }) => state)).toEqual([
      'final',
      'missing',
      'partial',
      'today',
      'forecast',
      'forecast',
    ]);
    expect(days[1]?.values).toEqual({});
    expect(days[2]?.values).toEqual({ 'series-0': 0.2, 'series-1': 2 });
    expect(days[5]).toMatchObject({ day: '2026-11-30', values: { 'series-0': 6, 'series-1': 1 } });
  });

  it('adds up exactly, leaves a gap, and carries what is still expected into the forecast', () => {
    const days = cumulativeChartDays(view);
    expect(days[1]?.values).toEqual({});
    expect(days[2]?.values).toMatchObject({ 'series-0': 0.3, 'series-1': 3, total: 3.3 });
    expect(days[3]?.values.total).toBe(3.6);
    expect(days[4]?.values['series-0']).toBeCloseTo(0.6 + 2 + 5, 9);
    expect(days[5]?.values.total).toBeCloseTo(3.6 + 4 + 13, 9);
  });

  it('gives all others the quiet colour, and lines a total unless there is only one', () => {
    expect(spendChartSeries(view).map(({ color }) => color)).toEqual(['var(--series-1)', 'var(--series-6)']);
    expect(spendLineSeries(view).map(({ key }) => key)).toEqual(['total', 'series-0', 'series-1']);
    expect(spendLineSeries({ ...view, series: view.series.slice(0, 1) })).toHaveLength(1);
  });
});
