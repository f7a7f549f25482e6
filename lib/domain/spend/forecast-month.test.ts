import { describe, expect, it } from 'vitest';
import { addUsd, type Usd, usd } from '../money/usd';
import { addDays, eachDay, parseUtcDay, startOfUtcDay, type UtcDay } from '../periods/utc-day';
import { forecastMonth } from './forecast-month';
import type { SpendDayState } from './spend-coverage';

function day(text: string): UtcDay {
  const parsed = parseUtcDay(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

const today = day('2026-11-19');
const from = addDays(today, -28);
const days = eachDay(from, today);
const states = (change: (day: UtcDay) => SpendDayState = () => 'final'): SpendDayState[] =>
  days.map((each) => (each === today ? 'today' : change(each)));
const isWeekend = (each: UtcDay) => [0, 6].includes(startOfUtcDay(each).getUTCDay());
const series = (amount: (day: UtcDay) => number): Usd[] => days.map((each) => usd(amount(each)));

describe('the forecast of a month', () => {
  it('goes on as the days were, and has no band when they never strayed', () => {
    const flat = forecastMonth({ today, from, states: states(), series: [series(() => 10)] });
    expect(flat).toMatchObject({ monthEnd: '300', band: '0', knownDays: 28 });
    expect(flat?.series[0]?.days).toEqual(Array(11).fill(10));
  });

  it('expects each weekday to be like itself', () => {
    const weekly = series((each) => (isWeekend(each) ? 1 : 10));
    const result = forecastMonth({ today, from, states: states(), series: [weekly] });
    const november = eachDay(day('2026-11-01'), day('2026-11-30'));
    const expected = november.reduce((sum, each) => sum + (isWeekend(each) ? 1 : 10), 0);
    expect(result).toMatchObject({ monthEnd: String(expected), band: '0' });
  });

  it('lets today reach its weekday’s average, and keeps what is above it', () => {
    const soFar = (amount: number) => series((each) => (each === today ? amount : 10));
    const end = (amount: number) =>
      forecastMonth({ today, from, states: states(), series: [soFar(amount)] })?.monthEnd;
    expect(end(0)).toBe('300');
    expect(end(4)).toBe('300');
    expect(end(25)).toBe('315');
  });

  it('takes a day of the month that was not read for an average one, never for zero', () => {
    const missed = day('2026-11-12');
    const amounts = series((each) => (each === missed ? 0 : 10));
    const result = forecastMonth({
      today,
      from,
      states: states((each) => (each === missed ? 'missing' : 'final')),
      series: [amounts],
    });
    expect(result).toMatchObject({ monthEnd: '300', knownDays: 27, band: '0' });
    expect(result?.series[0]?.carried).toBe(10);
  });

  it('takes a day that was read in part for an average one, unless hardly any was read whole', () => {
    const half = day('2026-11-12');
    const amounts = [series((each) => (each === half ? 4 : 10))];
    const inPart = states((each) => (each === half ? 'partial' : 'final'));
    expect(forecastMonth({ today, from, states: inPart, series: amounts })).toMatchObject({
      monthEnd: '300',
      knownDays: 27,
    });
    const allInPart = forecastMonth({ today, from, states: states(() => 'partial'), series: amounts });
    expect(allInPart).toMatchObject({ knownDays: 28 });
    expect(Number(allInPart?.monthEnd)).toBeLessThan(294);
  });

  it('is the sum of its series to the cent', () => {
    const odd = [3, 7, 11].map((seed) => series((each) => ((Number(each.slice(8)) * seed) % 13) / 3));
    const result = forecastMonth({ today, from, states: states(), series: odd });
    expect(result?.monthEnd).toBe(addUsd(...(result?.series.map(({ monthEnd }) => monthEnd) ?? [])));
    expect(Number(result?.band)).toBeGreaterThan(0);
  });

  it('is not made of fewer than seven known days', () => {
    const knownFrom = (first: UtcDay) => states((each) => (each >= first ? 'final' : 'missing'));
    const amounts = [series(() => 10)];
    expect(forecastMonth({ today, from, states: knownFrom(addDays(today, -6)), series: amounts })).toBeNull();
    expect(
      forecastMonth({ today, from, states: knownFrom(addDays(today, -7)), series: amounts }),
    ).not.toBeNull();
  });
});
