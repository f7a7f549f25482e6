import { compareUsd, maxUsd, subtractUsd, type Usd, ZERO_USD } from '../money/usd';
import { periodEnd } from '../periods/limit-period';
import type { Binding, Bound, Stack } from './bound';

/** What may still be spent of a bound, never below zero; all of it while its use is not known. */
export function leftOf({ amount, used }: Bound): Usd {
  return maxUsd(ZERO_USD, used === null ? amount : subtractUsd(amount, used));
}

function endOf({ period }: Bound, now: Date): number {
  return periodEnd(period, now)?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** The one with the least left; of equals the one that starts anew last, since the others still leave it in the way. */
function first(bounds: readonly Bound[], now: Date): Bound | null {
  return bounds.reduce<Bound | null>((best, bound) => {
    if (best === null) return bound;
    const order = compareUsd(leftOf(bound), leftOf(best));
    return order < 0 || (order === 0 && endOf(bound, now) > endOf(best, now)) ? bound : best;
  }, null);
}

/** A key's own cap as a bound; null without one. */
export function ownBound({ limit, used }: Stack): Bound | null {
  if (limit.kind !== 'capped') return null;
  const { amount, period } = limit;
  return { kind: 'key', name: null, amount, period, used, pool: null, isPersonal: false };
}

/**
 * What a key can still spend, until when, and what stops it first. Every known limit holds at once, the one with
 * the least left binds (OpenRouter: "the lowest limit wins"; Requesty: any exhausted level blocks). `until` is the
 * first moment at which more can be spent if nothing but time goes by.
 */
export function whatBinds(stack: Stack, now: Date): Binding {
  const { limit: own, notKnown, above } = stack;
  if (own.kind === 'blocked') return { kind: 'blocked', own, notKnown };
  const mine = ownBound(stack);
  if (mine !== null && mine.used === null) return { kind: 'unread', own, notKnown };
  const bounds = mine === null ? above : [mine, ...above];
  const by = first(bounds, now);
  if (by === null) return { kind: 'open', own, notKnown };
  return {
    kind: 'bound',
    own,
    notKnown,
    by,
    left: leftOf(by),
    until: periodEnd(by.period, now),
    isAtMost: bounds.some(({ used }) => used === null),
  };
}
