import { describe, expect, it } from 'vitest';
import { forSeeds, type Random } from '@/lib/testing/random';
import { BLOCKED, capped, isSameLimit, type Limit, UNLIMITED } from '../limits/limit';
import { usd } from '../money/usd';
import { limitPeriods } from '../periods/limit-period';
import {
  compareLimits,
  effectiveLimit,
  endFault,
  LONGEST_RAISE_DAYS,
  LONGEST_RETRY_MS,
  raiseFault,
  retryPauseMs,
} from './raise';

const NOW = new Date('2026-11-20T12:00:00Z');
const LATER = new Date('2026-11-27T12:00:00Z');
const monthly = (amount: number) => capped(usd(amount), 'monthly');

function anyLimit({ between, pick }: Random): Limit {
  const kind = between(1, 8);
  if (kind === 1) return UNLIMITED;
  if (kind === 2) return BLOCKED;
  return capped(usd(between(1, 2_000) / 100), pick(limitPeriods));
}

const some = (random: Random, most: number) =>
  Array.from({ length: random.between(0, most) }, () => anyLimit(random));

describe('the limit that holds', () => {
  it('is one order over all limits', () => {
    forSeeds(2_000, (random) => {
      const [a, b, c] = [anyLimit(random), anyLimit(random), anyLimit(random)];
      expect(compareLimits(a, b) === 0).toBe(isSameLimit(a, b));
      expect(compareLimits(a, b) + compareLimits(b, a)).toBe(0);
      if (compareLimits(a, b) >= 0 && compareLimits(b, c) >= 0) {
        expect(compareLimits(a, c)).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it('is the base without a raise, never below any of them, and one of those that are there', () => {
    forSeeds(500, (random) => {
      const base = anyLimit(random);
      const raised = some(random, 5);
      const held = effectiveLimit(base, raised);
      expect(effectiveLimit(base, [])).toEqual(base);
      for (const limit of [base, ...raised]) expect(compareLimits(held, limit)).toBeGreaterThanOrEqual(0);
      expect([base, ...raised]).toContainEqual(held);
    });
  });

  it('does not depend on the order in which raises began', () => {
    forSeeds(500, (random) => {
      const base = anyLimit(random);
      const raised = some(random, 5);
      expect(effectiveLimit(base, random.shuffle(raised))).toEqual(effectiveLimit(base, raised));
    });
  });

  it('falls to the next highest when one ends, and to the base with the last, in whatever order', () => {
    forSeeds(300, (random) => {
      const open = Array.from({ length: random.between(1, 5) }, () => random.between(11, 99));
      while (open.length > 0) {
        open.splice(random.between(0, open.length - 1), 1);
        expect(effectiveLimit(monthly(10), open.map(monthly))).toEqual(monthly(Math.max(10, ...open)));
      }
    });
  });
});

describe('what can be a raise', () => {
  const wish = { base: monthly(50), others: [], limit: monthly(80), endsAt: LATER };

  it.each([
    ['a higher amount', wish, null],
    ['no limit', { ...wish, limit: UNLIMITED }, null],
    ['a cap over a block', { ...wish, base: BLOCKED }, null],
    ['the same amount', { ...wish, limit: monthly(50) }, 'limit'],
    ['a lower amount', { ...wish, limit: monthly(49.99) }, 'limit'],
    ['a block', { ...wish, limit: BLOCKED }, 'limit'],
    ['a key without a limit', { ...wish, base: UNLIMITED }, 'limit'],
    ['another window', { ...wish, limit: capped(usd(80), 'daily') }, 'limit'],
    [
      'another window than a raise beside it',
      { ...wish, base: BLOCKED, others: [monthly(1)], limit: capped(usd(80), 'daily') },
      'limit',
    ],
    ['an end that is now', { ...wish, endsAt: NOW }, 'endsAt'],
    ['no date', { ...wish, endsAt: new Date(Number.NaN) }, 'endsAt'],
  ])('%s', (_, tried, field) => {
    expect(raiseFault(tried, NOW)?.field ?? null).toBe(field);
  });

  it('lasts a year at the most', () => {
    const last = new Date(NOW.getTime() + LONGEST_RAISE_DAYS * 86_400_000);
    expect(endFault(last, NOW)).toBeNull();
    expect(endFault(new Date(last.getTime() + 1), NOW)).not.toBeNull();
  });
});

describe('the pause before the next try', () => {
  it('doubles up to a minute and never ends', () => {
    expect([1, 2, 3, 4].map(retryPauseMs)).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(retryPauseMs(1_000_000)).toBe(LONGEST_RETRY_MS);
    expect(retryPauseMs(0)).toBe(5_000);
  });
});
