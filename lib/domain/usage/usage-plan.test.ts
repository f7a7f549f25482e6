import { describe, expect, it } from 'vitest';
import { addDays, eachDay, parseUtcDay, type UtcDay } from '../periods/utc-day';
import { type KnownDay, planUsageDays, takeWindow, type UsagePlanInput } from './usage-plan';

function day(text: string): UtcDay {
  const parsed = parseUtcDay(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

const today = day('2026-10-15');
const now = new Date('2026-10-15T09:00:00Z');
const thisMorning = new Date('2026-10-15T00:01:00Z');
const yesterday = new Date('2026-10-14T23:59:59Z');

function plan(changes: Partial<UsagePlanInput>) {
  return planUsageDays({
    now,
    today,
    canReadToday: true,
    historyDays: 6,
    known: new Map(),
    oldestUse: null,
    isRetryingAtOnce: false,
    ...changes,
  });
}

function knownDays(from: UtcDay, to: UtcDay, known: KnownDay): Map<UtcDay, KnownDay> {
  return new Map(eachDay(from, to).map((each) => [each, known]));
}

describe('the plan of a usage read', () => {
  it('takes today first, then every unknown day back to the provider’s bound', () => {
    expect(plan({})).toEqual({
      pending: ['2026-10-15', '2026-10-14', '2026-10-13', '2026-10-12', '2026-10-11', '2026-10-10'],
      horizon: 6,
    });
  });

  it('leaves today out where the provider does not tell it', () => {
    expect(plan({ canReadToday: false }).pending[0]).toBe('2026-10-14');
  });

  it('reads only today when all else is complete and was read since midnight', () => {
    const known = knownDays(addDays(today, -5), addDays(today, -1), {
      state: 'complete',
      fetchedAt: thisMorning,
    });
    expect(plan({ known }).pending).toEqual([today]);
  });

  it('reads the last two ended days once more on the next day', () => {
    const known = knownDays(addDays(today, -5), addDays(today, -1), {
      state: 'complete',
      fetchedAt: yesterday,
    });
    expect(plan({ known }).pending).toEqual([today, '2026-10-14', '2026-10-13']);
  });

  it('reads an ended day that was last read while it ran', () => {
    const known = knownDays(addDays(today, -5), addDays(today, -1), { state: 'open', fetchedAt: yesterday });
    expect(plan({ known }).pending).toHaveLength(6);
  });

  it('tries a missing day again after half an hour, or at once when a person asks', () => {
    const missing = (minutesAgo: number) =>
      knownDays(addDays(today, -5), addDays(today, -1), {
        state: 'missing',
        fetchedAt: new Date(now.getTime() - minutesAgo * 60_000),
      });
    expect(plan({ known: missing(29) }).pending).toEqual([today]);
    expect(plan({ known: missing(30) }).pending).toHaveLength(6);
    expect(plan({ known: missing(1), isRetryingAtOnce: true }).pending).toHaveLength(6);
  });

  it('goes back 400 days where no bound is stated', () => {
    expect(plan({ historyDays: null }).horizon).toBe(400);
  });

  it('ends history after 60 empty days in a row, and not after 59', () => {
    const oldestUse = addDays(today, -10);
    const complete = { state: 'complete', fetchedAt: thisMorning } as const;
    const sixty = knownDays(addDays(oldestUse, -60), addDays(today, -1), complete);
    expect(plan({ historyDays: null, oldestUse, known: sixty }).pending).toEqual([today]);
    const fewer = knownDays(addDays(oldestUse, -59), addDays(today, -1), complete);
    expect(plan({ historyDays: null, oldestUse, known: fewer }).pending).toHaveLength(400 - 69);
  });
});

describe('a window', () => {
  it('holds the newest days that follow one another', () => {
    const pending = [today, addDays(today, -1), addDays(today, -3), addDays(today, -4)];
    expect(takeWindow(pending, 31)).toEqual({ from: '2026-10-14', to: '2026-10-15', days: 2 });
    expect(takeWindow(pending.slice(2), 1)).toEqual({ from: '2026-10-12', to: '2026-10-12', days: 1 });
    expect(takeWindow([], 31)).toBeNull();
  });
});
