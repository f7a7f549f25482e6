import { describe, expect, it } from 'vitest';
import { BLOCKED, capped, type Limit, UNLIMITED } from '../limits/limit';
import { usd } from '../money/usd';
import { type LimitPeriod, limitPeriods } from '../periods/limit-period';
import { addDays, parseUtcDay, startOfUtcDay, type UtcDay } from '../periods/utc-day';
import { type CountedDay, whatIf } from './what-if';

function day(text: string): UtcDay {
  const parsed = parseUtcDay(text);
  if (!parsed) throw new RangeError(text);
  return parsed;
}

/** Consecutive days with these dollars. */
function days(from: string, ...amounts: readonly (number | string)[]): CountedDay[] {
  return amounts.map((amount, at) => ({ day: addDays(day(from), at), spend: usd(amount) }));
}

const stopsOf = (limit: Limit, spent: readonly CountedDay[], before = usd(0)) =>
  whatIf(limit, spent, before).stops.map((stop) => `${stop.day} ${stop.heldBack}`);

describe('what a limit would have done', () => {
  it.each<[string, Limit, CountedDay[], string[]]>([
    ['never, with no limit', UNLIMITED, days('2026-09-01', 900, 900), []],
    ['never, when the amount is just reached', capped(usd(10), 'monthly'), days('2026-09-01', 4, 6, 0), []],
    [
      'stops with the first cent above',
      capped(usd(10), 'monthly'),
      days('2026-09-01', 4, '6.01', 3),
      ['2026-09-02 3.01'],
    ],
    [
      'starts anew on the 1st',
      capped(usd(10), 'monthly'),
      days('2026-09-29', 8, 5, 8, 5),
      ['2026-09-30 3', '2026-10-02 3'],
    ],
    ['starts anew on Monday', capped(usd(10), 'weekly'), days('2026-11-21', 8, 5, 8, 1), ['2026-11-22 3']],
    [
      'starts anew each day',
      capped(usd(10), 'daily'),
      days('2026-11-21', 12, 10, 11),
      ['2026-11-21 2', '2026-11-23 1'],
    ],
    ['never starts anew', capped(usd(10), 'total'), days('2026-09-29', 8, 5, 8), ['2026-09-30 11']],
    ['holds everything back when blocked', BLOCKED, days('2026-09-01', 0, 2, 3), ['2026-09-02 5']],
    ['stops nothing on days without spend', BLOCKED, days('2026-09-01', 0, 0), []],
  ])('%s', (_, limit, spent, expected) => {
    expect(stopsOf(limit, spent)).toEqual(expected);
  });

  it('counts what came before only for a limit that never starts anew', () => {
    const spent = days('2026-09-01', 0, 4, 3);
    expect(stopsOf(capped(usd(10), 'total'), spent, usd(7))).toEqual(['2026-09-02 4']);
    expect(stopsOf(capped(usd(10), 'total'), spent, usd(30))).toEqual(['2026-09-02 7']);
    expect(stopsOf(capped(usd(10), 'monthly'), spent, usd(30))).toEqual([]);
  });
});

/** Numbers that look random and are the same on every run. */
function createNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The vendors' words as another person would code them: a name for each window, cents let through one by one. */
function windowName(period: LimitPeriod, at: UtcDay): string {
  const date = startOfUtcDay(at);
  if (period === 'daily') return at;
  if (period === 'monthly') return at.slice(0, 7);
  if (period === 'total') return 'ever';
  while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

function simulate(period: LimitPeriod, capCents: number, spent: readonly { day: UtcDay; cents: number }[]) {
  const used = new Map<string, number>();
  const stops = new Map<string, { day: UtcDay; cents: number }>();
  for (const { day: at, cents } of spent) {
    const window = windowName(period, at);
    for (let cent = 0; cent < cents; cent += 1) {
      const sum = used.get(window) ?? 0;
      if (sum < capCents) {
        used.set(window, sum + 1);
        continue;
      }
      const stop = stops.get(window) ?? { day: at, cents: 0 };
      stops.set(window, { ...stop, cents: stop.cents + 1 });
    }
  }
  return [...stops.values()].map((stop) => `${stop.day} ${usd((stop.cents / 100).toFixed(2))}`);
}

describe('against cents counted one by one', () => {
  it.each(limitPeriods)('agrees on 300 random histories of a %s limit', (period) => {
    const next = createNumbers(limitPeriods.indexOf(period) + 11);
    let stopped = 0;
    for (let round = 0; round < 300; round += 1) {
      const first = addDays(day('2025-12-20'), next(400));
      const capCents = 1 + next(900);
      const spent = Array.from({ length: 1 + next(75) }, (_, at) => ({
        day: addDays(first, at),
        cents: next(4) === 0 ? 0 : next(130),
      }));
      const told = spent.map(({ day: at, cents }) => ({ day: at, spend: usd((cents / 100).toFixed(2)) }));
      const cap = capped(usd((capCents / 100).toFixed(2)), period);
      const expected = simulate(period, capCents, spent);
      expect(stopsOf(cap, told), `round ${round}`).toEqual(expected);
      stopped += expected.length;
    }
    expect(stopped).toBeGreaterThan(100);
  });
});
