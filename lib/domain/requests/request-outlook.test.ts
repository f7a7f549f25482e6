import { describe, expect, it } from 'vitest';
import { CAN } from '../connections/capabilities';
import type { KeyDay } from '../keys/key-days';
import { capped, UNLIMITED } from '../limits/limit';
import { usd, ZERO_USD } from '../money/usd';
import { addDays, parseUtcDay, type UtcDay } from '../periods/utc-day';
import { dailyPace, headroomOf, outlookOf, windowSums } from './request-outlook';
import type { KeyEvidence } from './request-view';

function day(text: string): UtcDay {
  const parsed = parseUtcDay(text);
  if (!parsed) throw new RangeError(text);
  return parsed;
}

const NOW = new Date('2026-11-20T12:00:00Z');

/** Ten dollars a day since 1 October, today so far five. */
function evidence(values: Partial<KeyEvidence> = {}): KeyEvidence {
  const first = day('2026-10-01');
  const days = Array.from({ length: 51 }, (_, at): KeyDay => {
    const isToday = at === 50;
    return {
      day: addDays(first, at),
      spend: usd(isToday ? 5 : 10),
      byokSpend: usd(1),
      requests: 1,
      state: isToday ? 'open' : 'complete',
    };
  });
  return {
    id: 1,
    name: 'search-prod',
    connectionName: 'OpenRouter',
    providerName: 'OpenRouter',
    capabilities: { limitPeriods: ['monthly'], blockedLimit: CAN, disable: CAN },
    limit: capped(usd(300), 'monthly'),
    baseLimit: null,
    includeByokInLimit: false,
    isDisabled: false,
    ownerName: null,
    left: 'search-prod has not been read.',
    used: usd(195),
    days,
    shownFrom: day('2026-10-20'),
    isShared: false,
    spentBefore: null,
    ...values,
  };
}

describe('pace and forecast', () => {
  it('take the last seven whole days, and leave unknown ones out', () => {
    const key = evidence();
    expect(dailyPace(key, day('2026-11-20'))).toBe(10);
    const unknown = key.days.map((each) => ({ ...each, state: 'missing' as const }));
    expect(dailyPace({ ...key, days: unknown }, day('2026-11-20'))).toBe(0);
  });

  it('count own provider keys where the limit does', () => {
    const key = evidence({ includeByokInLimit: true, used: usd(215) });
    expect(dailyPace(key, day('2026-11-20'))).toBe(11);
    // $11 a day for the 10.5 days that are left, on top of what is used.
    expect(outlookOf(key, capped(usd(400), 'monthly'), NOW).pace?.endsAt).toBeCloseTo(330.5);
  });

  it('tell when a limit would run out, from the provider’s own count of the window', () => {
    const { pace } = outlookOf(evidence(), capped(usd(250), 'monthly'), NOW);
    expect(pace?.endsAt).toBeCloseTo(300, 5);
    expect(pace?.runsOutAt?.toISOString().slice(0, 10)).toBe('2026-11-26');
    expect(outlookOf(evidence(), capped(usd(301), 'monthly'), NOW).pace?.runsOutAt).toBeNull();
    expect(outlookOf(evidence(), UNLIMITED, NOW).pace).toBeNull();
  });

  it('count the days themselves for another period', () => {
    const { pace } = outlookOf(evidence(), capped(usd(60), 'weekly'), NOW);
    expect(pace?.endsAt).toBeCloseTo(70, 5);
  });
});

describe('the past under a limit', () => {
  it('is told for whole windows, own provider keys included where they count', () => {
    const { past } = outlookOf(evidence(), capped(usd(300), 'monthly'), NOW);
    expect(past?.stops).toEqual([{ day: '2026-10-31', heldBack: '10' }]);
    const counted = outlookOf(evidence({ includeByokInLimit: true }), capped(usd(300), 'monthly'), NOW);
    expect(counted.past?.stops[0]).toEqual({ day: '2026-10-28', heldBack: '41' });
  });

  it('is not told of a total whose beginning is not known', () => {
    const total = capped(usd(100), 'total');
    expect(outlookOf(evidence(), total, NOW).past).toBeNull();
    expect(outlookOf(evidence({ spentBefore: usd(95) }), total, NOW).past?.stops[0]?.day).toBe('2026-10-01');
  });

  it('is drawn as sums that begin anew with each window, from the first shown day on', () => {
    const sums = windowSums(evidence(), 'monthly');
    expect(sums[0]).toMatchObject({ day: { day: '2026-10-20' }, sum: 200 });
    expect(sums.find(({ day: each }) => each.day === '2026-11-01')?.sum).toBe(10);
    expect(sums.at(-1)?.sum).toBe(195);
  });
});

describe('a team’s headroom', () => {
  const team = { id: 1, name: 'Payments', monthSpend: usd(90), envelopeUsed: ZERO_USD };
  it.each([
    [null, null],
    ['100', { left: '10', isOver: false }],
    ['90', { left: '0', isOver: true }],
    ['80', { left: '0', isOver: true }],
  ])('of a budget of %s', (budget, expected) => {
    const monthlyBudget = budget === null ? null : usd(budget);
    expect(headroomOf({ ...team, monthlyBudget })).toEqual(expected);
  });
});
