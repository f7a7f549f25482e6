import { describe, expect, it } from 'vitest';
import { BLOCKED, capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { addDays, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { whatIf } from '@/lib/domain/requests/what-if';
import { paceText, whatIfText } from './outlook-text';

const first: UtcDay = utcDayOf(new Date('2026-09-28T00:00:00Z'));
const days = [400, 11, 5, 420].map((amount, at) => ({ day: addDays(first, at), spend: usd(amount) }));

describe('what a limit would have done, in words', () => {
  it.each([
    [
      capped(usd(410), 'monthly'),
      'With $410 monthly this key would have stopped 2 times, first on 29 Sep, holding back $16 in all.',
    ],
    [capped(usd(416), 'monthly'), 'With $416 monthly this key would have stopped on 1 Oct, holding back $4.'],
    [capped(usd(420), 'monthly'), 'With $420 monthly this key would never have stopped.'],
    [UNLIMITED, 'With no limit this key would never have stopped.'],
    [BLOCKED, 'Blocked, this key would have stopped on 28 Sep, holding back $836.'],
  ])('%j', (limit, text) => {
    expect(whatIfText(limit, whatIf(limit, days))).toBe(text);
  });
});

describe('where a limit leads, in words', () => {
  const limit = capped(usd(300), 'monthly');
  it.each([
    [
      { endsAt: 312, runsOutAt: new Date('2026-11-28T00:00:00Z') },
      '$300 would run out on 28 Nov at this pace.',
    ],
    [{ endsAt: 280.4, runsOutAt: null }, '$300 would last: at this pace this month ends at $280.'],
  ])('%j', (pace, text) => {
    expect(paceText({ limit, pace, past: null })).toBe(text);
  });

  it('is silent without a cap', () => {
    expect(paceText({ limit: UNLIMITED, pace: null, past: null })).toBeNull();
  });
});
