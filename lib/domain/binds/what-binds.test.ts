import { describe, expect, it } from 'vitest';
import { capped, type Limit, UNLIMITED } from '../limits/limit';
import { type Usd, usd, usdToNumber } from '../money/usd';
import { type LimitPeriod, limitPeriods, periodStart } from '../periods/limit-period';
import type { Binding, Bound, Stack } from './bound';
import { ownBound, whatBinds } from './what-binds';

const HOUR_MS = 3_600_000;
const KINDS = ['guardrail', 'member', 'workspace', 'group', 'balance'] as const;

/** A small generator of reproducible numbers (mulberry32). */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  const pick = <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0];
  return { next, below, pick };
}

function randomStack(random: ReturnType<typeof createRandom>): Stack {
  const dollars = (most: number) => usd(random.below(most));
  const luck = random.next();
  const limit: Limit =
    luck < 0.2
      ? UNLIMITED
      : luck < 0.25
        ? { kind: 'blocked' }
        : capped(usd(1 + random.below(12)), random.pick(limitPeriods));
  const above = Array.from({ length: random.below(5) }, (_, at): Bound => {
    const kind = random.pick(KINDS);
    const period: LimitPeriod = kind === 'balance' ? 'total' : random.pick(limitPeriods);
    const pool = String(at);
    return { kind, name: null, amount: dollars(13), period, used: dollars(15), pool, isPersonal: false };
  });
  return { limit, used: limit.kind === 'capped' ? dollars(15) : null, above, notKnown: [] };
}

/**
 * Spends whole dollars, hour by hour, as much as every limit lets through, each with a counter of its own that
 * starts anew with its window. Tells what was spent at once, and when the next dollar got through.
 */
function simulate(
  stack: Stack,
  now: Date,
): { atOnce: number; stoppedBy: readonly Bound[]; nextAt: Date | null } {
  const own = ownBound(stack);
  const counters = [...(own ? [own] : []), ...stack.above].map((bound) => ({
    bound,
    used: Number(bound.used),
    window: periodStart(bound.period, now)?.getTime() ?? 0,
  }));
  let atOnce = 0;
  let stoppedBy: readonly Bound[] = [];
  const firstHour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  for (let hour = 0; hour <= 24 * 32; hour += 1) {
    const at = hour === 0 ? now : new Date(firstHour + hour * HOUR_MS);
    for (const counter of counters) {
      const window = periodStart(counter.bound.period, at)?.getTime() ?? 0;
      if (window !== counter.window) Object.assign(counter, { used: 0, window });
    }
    const refusing = () => counters.filter(({ used, bound }) => used >= usdToNumber(bound.amount));
    while (refusing().length === 0) {
      if (hour > 0) return { atOnce, stoppedBy, nextAt: at };
      for (const counter of counters) counter.used += 1;
      atOnce += 1;
    }
    if (hour === 0) stoppedBy = refusing().map(({ bound }) => bound);
  }
  return { atOnce, stoppedBy, nextAt: null };
}

/** A bound whose window lets nothing through at all never lets the next dollar through. */
function neverOpens(stack: Stack): boolean {
  return stack.above.some(({ amount }) => amount === '0');
}

function asBound(binding: Binding) {
  if (binding.kind !== 'bound') throw new Error(`${binding.kind} is not bound`);
  return binding;
}

const cap = (amount: string, period: LimitPeriod, used: string): Pick<Stack, 'limit' | 'used'> => ({
  limit: capped(usd(amount), period),
  used: usd(used),
});
const bound = (kind: Bound['kind'], amount: string, period: LimitPeriod, used: Usd | null): Bound => ({
  kind,
  name: null,
  amount: usd(amount),
  period,
  used,
  pool: kind,
  isPersonal: false,
});

describe('what binds', () => {
  it('agrees with spending dollar by dollar, over random stacks at random moments', () => {
    const random = createRandom(20_261_120);
    let checked = 0;
    for (let run = 0; run < 3_000; run += 1) {
      const stack = randomStack(random);
      const now = new Date(Date.UTC(2026, random.below(12), 1 + random.below(28), random.below(24), 30));
      const binding = whatBinds(stack, now);
      if (stack.limit.kind === 'blocked') {
        expect(binding.kind).toBe('blocked');
      } else if (stack.limit.kind === 'unlimited' && stack.above.length === 0) {
        expect(binding.kind).toBe('open');
      } else {
        const { left, by, until, isAtMost } = asBound(binding);
        const truth = simulate(stack, now);
        expect({ run, left, isAtMost }).toEqual({ run, left: String(truth.atOnce), isAtMost: false });
        expect(truth.stoppedBy).toContainEqual(by);
        if (!neverOpens(stack)) expect({ run, until }).toEqual({ run, until: truth.nextAt });
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(2_000);
  });

  const now = new Date('2026-11-20T15:00:00Z');

  it('names the budget above a key that stops it before its own limit', () => {
    const stack: Stack = {
      ...cap('50', 'monthly', '10'),
      above: [bound('workspace', '100', 'weekly', usd('87.60')), bound('balance', '500', 'total', usd(0))],
      notKnown: ['guardrail'],
    };
    expect(whatBinds(stack, now)).toMatchObject({
      kind: 'bound',
      left: '12.4',
      until: new Date('2026-11-23T00:00:00Z'),
      by: { kind: 'workspace' },
      isAtMost: false,
      notKnown: ['guardrail'],
    });
  });

  it('lets the key’s own limit bind among equals, and what starts anew last among others', () => {
    const equal = { ...cap('10', 'monthly', '4'), notKnown: [] };
    const monthly = bound('workspace', '10', 'monthly', usd(4));
    expect(asBound(whatBinds({ ...equal, above: [monthly] }, now)).by.kind).toBe('key');
    const total = bound('balance', '6', 'total', usd(0));
    expect(asBound(whatBinds({ ...equal, above: [monthly, total] }, now)).by.kind).toBe('balance');
  });

  it('says at most when what was used of a budget is not known, and takes all of it as left', () => {
    const above = [bound('group', '5', 'monthly', null)];
    expect(whatBinds({ ...cap('50', 'monthly', '10'), above, notKnown: [] }, now)).toMatchObject({
      left: '5',
      isAtMost: true,
      by: { kind: 'group' },
    });
    const wide = [bound('group', '500', 'monthly', null)];
    expect(whatBinds({ ...cap('50', 'monthly', '10'), above: wide, notKnown: [] }, now)).toMatchObject({
      left: '40',
      isAtMost: true,
      by: { kind: 'key' },
    });
  });

  it('never goes below nothing after an overshoot', () => {
    const stack = { ...cap('5', 'daily', '5.75'), above: [], notKnown: [] };
    expect(whatBinds(stack, now)).toMatchObject({ left: '0', until: new Date('2026-11-21T00:00:00Z') });
  });

  it('does not guess the use of a limit that was not read since it started anew', () => {
    const stack: Stack = { limit: capped(usd(5), 'daily'), used: null, above: [], notKnown: [] };
    expect(whatBinds(stack, now).kind).toBe('unread');
  });
});
