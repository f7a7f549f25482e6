import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, eachDay, parseUtcDay, type UtcDay } from '../periods/utc-day';
import { isRunningMonth, presetRange, previousRange, rangeParts, resolveRange } from './spend-range';

function day(text: string): UtcDay {
  const parsed = parseUtcDay(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

const today = day('2026-11-19');
const range = (from: string, to: string) => ({ from: day(from), to: day(to) });

describe('a preset', () => {
  it.each([
    ['7d', '2026-11-13', '2026-11-19'],
    ['30d', '2026-10-21', '2026-11-19'],
    ['this-month', '2026-11-01', '2026-11-30'],
    ['last-month', '2026-10-01', '2026-10-31'],
    ['this-quarter', '2026-10-01', '2026-11-19'],
  ] as const)('%s is %s to %s', (preset, from, to) => {
    expect(presetRange(preset, today)).toEqual({ from, to });
  });

  it.each(['2026-01-01', '2026-03-31', '2028-02-29', '2026-12-31'])('holds its own day on %s', (text) => {
    for (const preset of ['7d', '30d', 'this-month', 'this-quarter'] as const) {
      const { from, to } = presetRange(preset, day(text));
      expect(from <= text && text <= to, preset).toBe(true);
    }
    expect(isRunningMonth(presetRange('this-month', day(text)), day(text))).toBe(true);
  });
});

describe('the days that an address asks for', () => {
  it('are this month without any', () => {
    expect(resolveRange({ preset: null, from: null, to: null }, today)).toEqual({
      preset: 'this-month',
      from: '2026-11-01',
      to: '2026-11-30',
    });
  });

  it('end today and reach back 400 days at most', () => {
    const asked = { preset: null, from: day('2020-01-01'), to: day('2030-01-01') };
    expect(resolveRange(asked, today)).toEqual({ preset: null, from: addDays(today, -399), to: today });
  });

  it.each([
    ['2026-11-10', '2026-11-09'],
    ['2026-11-20', '2026-11-25'],
    ['2019-01-01', '2019-02-01'],
  ])('fall back to this month when %s to %s cannot be shown', (from, to) => {
    expect(resolveRange({ preset: null, from: day(from), to: day(to) }, today).preset).toBe('this-month');
  });
});

describe('the range compared with', () => {
  it.each([
    ['the same days of the month before', '2026-11-01', '2026-11-19', '2026-10-01', '2026-10-19'],
    ['the whole month before a whole month', '2026-11-01', '2026-11-30', '2026-10-01', '2026-10-31'],
    ['a shorter month to its end', '2026-03-01', '2026-03-30', '2026-02-01', '2026-02-28'],
    ['the same days across the turn of the year', '2026-01-01', '2026-01-05', '2025-12-01', '2025-12-05'],
    ['the same days of the quarter before', '2026-10-01', '2026-11-19', '2026-07-01', '2026-08-19'],
    ['the whole quarter before a whole one', '2026-10-01', '2026-12-31', '2026-07-01', '2026-09-30'],
    ['as many days just before', '2026-11-13', '2026-11-19', '2026-11-06', '2026-11-12'],
    [
      'as many days before two months that are no quarter',
      '2026-08-01',
      '2026-09-30',
      '2026-06-01',
      '2026-07-31',
    ],
  ])('is %s', (_, from, to, previousFrom, previousTo) => {
    expect(previousRange(range(from, to))).toEqual({ from: previousFrom, to: previousTo });
  });
});

describe('the parts of a range', () => {
  it('take a month that is mostly within it whole, less its other days', () => {
    expect(rangeParts(range('2026-09-20', '2026-11-19'), today)).toEqual({
      months: ['2026-10-01', '2026-11-01'],
      plus: [{ from: '2026-09-20', to: '2026-09-30' }],
      minus: [],
    });
    expect(rangeParts(range('2026-10-03', '2026-10-29'), today).minus).toEqual([
      { from: '2026-10-01', to: '2026-10-02' },
      { from: '2026-10-30', to: '2026-10-31' },
    ]);
  });

  it('hold each day of the range once, and no other day', () => {
    for (let from = day('2026-08-01'); from <= today; from = addDays(from, 3)) {
      for (let length = 0; daysBetween(from, today) >= length; length += 4) {
        const wanted = { from, to: addDays(from, length) };
        const { months, plus, minus } = rangeParts(wanted, today);
        const monthDays = months.flatMap((month) =>
          eachDay(month, addDays(month, 31)).filter(
            (each) => each.slice(0, 7) === month.slice(0, 7) && each <= today,
          ),
        );
        const taken = new Set(minus.flatMap((part) => eachDay(part.from, part.to)));
        const days = [
          ...monthDays.filter((each) => !taken.has(each)),
          ...plus.flatMap((part) => eachDay(part.from, part.to)),
        ];
        expect(days.sort()).toEqual(eachDay(wanted.from, wanted.to));
      }
    }
  });
});
