import { addUsd, maxUsd, subtractUsd, type Usd, ZERO_USD } from '../money/usd';
import { periodEnd, periodStart } from '../periods/limit-period';
import type { Limit } from './limit';

export type LimitUseFacts = {
  readonly limit: Limit;
  /** What the provider says is left in the window; null when it does not say. */
  readonly limitRemaining: Usd | null;
  /** The provider's counter of the limit's own window; null when it does not give it. */
  readonly windowSpend: Usd | null;
  readonly windowByokSpend: Usd | null;
  readonly includeByokInLimit: boolean;
  /** When the provider last told these figures. */
  readonly readAt: Date | null;
};

/**
 * What the limit's current window has used up. Null when there is no cap, or when the figures were read
 * before the window began and so belong to the one before. "Spent of limit" is limit − remaining where the
 * provider tells it (OpenRouter documentation), never the lifetime usage.
 */
export function usedInWindow(facts: LimitUseFacts, now: Date): Usd | null {
  if (facts.limit.kind !== 'capped' || facts.readAt === null) return null;
  const start = periodStart(facts.limit.period, now);
  if (start !== null && facts.readAt < start) return null;
  if (facts.limitRemaining !== null)
    return maxUsd(ZERO_USD, subtractUsd(facts.limit.amount, facts.limitRemaining));
  if (facts.windowSpend === null) return null;
  const byok = facts.includeByokInLimit ? (facts.windowByokSpend ?? ZERO_USD) : ZERO_USD;
  return addUsd(facts.windowSpend, byok);
}

/** What is left, never below zero; null when it is not known or there is no cap. */
export function leftInWindow(limit: Limit, used: Usd | null): Usd | null {
  if (limit.kind === 'blocked') return ZERO_USD;
  if (limit.kind === 'unlimited' || used === null) return null;
  return maxUsd(ZERO_USD, subtractUsd(limit.amount, used));
}

export type Pace = {
  /** Where the window would end at the recent pace, in dollars; an estimate for drawing. */
  readonly endsAt: number;
  /** When the cap would be reached before the window ends; null when it would not. */
  readonly runsOutAt: Date | null;
};

const DAY_MS = 86_400_000;

/**
 * Where recent spending leads. `dailyPace` is dollars a day over the last days; for a `total` limit, which
 * never starts anew, only the day of running out is told.
 */
export function paceOf(limit: Limit, used: Usd, dailyPace: number, now: Date): Pace | null {
  if (limit.kind !== 'capped') return null;
  const spent = Number(used);
  const cap = Number(limit.amount);
  const end = periodEnd(limit.period, now);
  const daysLeft = end === null ? 0 : Math.max(0, (end.getTime() - now.getTime()) / DAY_MS);
  const endsAt = spent + dailyPace * daysLeft;
  if (spent >= cap) return { endsAt, runsOutAt: now };
  if (dailyPace <= 0) return { endsAt, runsOutAt: null };
  const runsOutAt = new Date(now.getTime() + ((cap - spent) / dailyPace) * DAY_MS);
  return { endsAt, runsOutAt: end === null || runsOutAt < end ? runsOutAt : null };
}
