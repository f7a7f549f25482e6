import { compareUsd, isPositiveUsd, type Usd } from '../money/usd';
import type { LimitPeriod } from '../periods/limit-period';

/**
 * What a key may spend. A union, never a sentinel: the vendors disagree about what `0` and `null`
 * mean, and only their mappers know.
 */
export type Limit =
  | { readonly kind: 'unlimited' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'capped'; readonly amount: Usd; readonly period: LimitPeriod };

export const UNLIMITED: Limit = { kind: 'unlimited' };
export const BLOCKED: Limit = { kind: 'blocked' };

/** A cap; throws a `RangeError` unless the amount is above zero, since zero means opposite things. */
export function capped(amount: Usd, period: LimitPeriod): Limit {
  if (!isPositiveUsd(amount)) throw new RangeError('a cap must be above zero');
  return { kind: 'capped', amount, period };
}

export function isSameLimit(a: Limit, b: Limit): boolean {
  if (a.kind !== 'capped' || b.kind !== 'capped') return a.kind === b.kind;
  return a.period === b.period && compareUsd(a.amount, b.amount) === 0;
}

/** Whether `to` lets a key spend more than `from` within the same kind of window; no limit is always a raise. */
export function isRaise(from: Limit, to: Limit): boolean {
  if (isSameLimit(from, to)) return false;
  if (to.kind === 'unlimited' || from.kind === 'blocked') return true;
  if (to.kind === 'blocked' || from.kind === 'unlimited') return false;
  return from.period !== to.period || compareUsd(to.amount, from.amount) > 0;
}
