import { isRaise, isSameLimit, type Limit } from '../limits/limit';
import { compareUsd, multiplyUsd } from '../money/usd';
import { type LimitPeriod, limitPeriods } from '../periods/limit-period';

/**
 * `planned` is being set at the provider; `active` holds; `ended` was taken back; `drifted` is over, but someone
 * else's limit was there and stayed; `cancelled` never took effect, or was given up for another limit.
 */
export type RaiseState = 'planned' | 'active' | 'ended' | 'drifted' | 'cancelled';

/** No raise lasts longer: what is needed for a year is a limit, not a raise. */
export const LONGEST_RAISE_DAYS = 366;

const DAY_MS = 86_400_000;
const DAYS_A_YEAR = { daily: 365, weekly: 52, monthly: 12, total: 1 } as const satisfies Record<
  LimitPeriod,
  number
>;

function rank({ kind }: Limit): number {
  return { blocked: 0, capped: 1, unlimited: 2 }[kind];
}

/**
 * Which of two limits lets a key spend more: −1, 0 or 1, as `Array.sort` wants it. Caps of different windows are
 * told apart by what they allow in a year, then by the window, so that any two limits have one order.
 */
export function compareLimits(a: Limit, b: Limit): number {
  if (a.kind !== 'capped' || b.kind !== 'capped') return Math.sign(rank(a) - rank(b));
  if (a.period === b.period) return compareUsd(a.amount, b.amount);
  const aYear = multiplyUsd(a.amount, DAYS_A_YEAR[a.period]);
  const bYear = multiplyUsd(b.amount, DAYS_A_YEAR[b.period]);
  const byYear = compareUsd(aYear, bYear);
  return byYear === 0 ? Math.sign(limitPeriods.indexOf(b.period) - limitPeriods.indexOf(a.period)) : byYear;
}

/** The limit that holds: the highest of the base and of all raises that are not over. */
export function effectiveLimit(base: Limit, raised: readonly Limit[]): Limit {
  return raised.reduce((highest, limit) => (compareLimits(limit, highest) > 0 ? limit : highest), base);
}

export type RaiseWish = {
  readonly base: Limit;
  /** The limits of the other raises of the key that are not over. */
  readonly others: readonly Limit[];
  readonly limit: Limit;
  readonly endsAt: Date;
};

export type RaiseFault = { readonly field: 'limit' | 'endsAt'; readonly message: string };

/** Why an end cannot be chosen; null when it can. */
export function endFault(endsAt: Date, now: Date): string | null {
  if (Number.isNaN(endsAt.getTime())) return 'Choose when it ends.';
  if (endsAt.getTime() <= now.getTime()) return 'Choose a moment that is still to come.';
  if (endsAt.getTime() > now.getTime() + LONGEST_RAISE_DAYS * DAY_MS) {
    return 'Choose an end within a year, or change the limit for good.';
  }
  return null;
}

/** Why a key cannot be raised so; null when it can. A raise keeps the window of the limit that it raises. */
export function raiseFault({ base, others, limit, endsAt }: RaiseWish, now: Date): RaiseFault | null {
  const end = endFault(endsAt, now);
  if (end) return { field: 'endsAt', message: end };
  if (base.kind === 'unlimited') {
    return { field: 'limit', message: 'This key has no limit: there is nothing to raise.' };
  }
  const capped = [base, ...others].find(({ kind }) => kind === 'capped');
  if (limit.kind === 'capped' && capped?.kind === 'capped' && capped.period !== limit.period) {
    return {
      field: 'limit',
      message: `A raise until a date keeps how often the limit starts anew: ${capped.period}.`,
    };
  }
  if (isSameLimit(base, limit) || !isRaise(base, limit)) {
    return { field: 'limit', message: 'A raise until a date must be above the limit it goes back to.' };
  }
  return null;
}

const FIRST_RETRY_MS = 5_000;

/** Between two tries to end a raise lies no more. */
export const LONGEST_RETRY_MS = 60_000;

/** The pause before the next try to end a raise, after so many that failed: doubling, a minute at the most. */
export function retryPauseMs(attempts: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 10));
}
