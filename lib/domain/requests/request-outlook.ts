import type { KeyDay } from '../keys/key-days';
import { PACE_DAYS } from '../keys/recent-spend';
import type { Limit } from '../limits/limit';
import { type Pace, paceOf } from '../limits/limit-use';
import { addUsd, compareUsd, maxUsd, subtractUsd, type Usd, usdToNumber, ZERO_USD } from '../money/usd';
import { type LimitPeriod, periodStart } from '../periods/limit-period';
import { addDays, startOfUtcDay, type UtcDay, utcDayOf } from '../periods/utc-day';
import type { KeyEvidence, TeamEvidence } from './request-view';
import { type CountedDay, type WhatIf, whatIf } from './what-if';

type Spending = Pick<KeyEvidence, 'days' | 'includeByokInLimit'>;

/** What the key's limit counts on each known day. */
export function countedDays({ days, includeByokInLimit }: Spending): readonly CountedDay[] {
  return days
    .filter(({ state }) => state !== 'missing')
    .map(({ day, spend, byokSpend }) => ({
      day,
      spend: includeByokInLimit ? addUsd(spend, byokSpend) : spend,
    }));
}

/** Dollars a day, as the limit counts them, over the last seven whole days that are known; an estimate for drawing. */
export function dailyPace(key: Spending, today: UtcDay): number {
  const from = addDays(today, -PACE_DAYS);
  const whole = countedDays(key).filter(({ day }) => day >= from && day < today);
  if (whole.length === 0) return 0;
  return whole.reduce((sum, { spend }) => sum + usdToNumber(spend), 0) / whole.length;
}

/** What the window that holds `now` has spent, by the daily facts. */
function spentInWindow(days: readonly CountedDay[], period: LimitPeriod, now: Date, before: Usd): Usd {
  const start = periodStart(period, now);
  const within = days.filter(({ day }) => start === null || startOfUtcDay(day) >= start);
  return addUsd(start === null ? before : ZERO_USD, ...within.map(({ spend }) => spend));
}

export type LimitOutlook = {
  readonly limit: Limit;
  readonly pace: Pace | null;
  /** Null where the past is not known well enough. */
  readonly past: WhatIf | null;
};

/** Where the recent pace leads under a limit, and what the limit would have done over the known past. */
export function outlookOf(key: KeyEvidence, limit: Limit, now: Date): LimitOutlook {
  const counted = countedDays(key);
  const isTotal = limit.kind === 'capped' && limit.period === 'total';
  const before = key.spentBefore ?? ZERO_USD;
  const isSamePeriod =
    limit.kind === 'capped' && key.limit.kind === 'capped' && limit.period === key.limit.period;
  const used =
    isSamePeriod && key.used !== null
      ? key.used
      : spentInWindow(counted, limit.kind === 'capped' ? limit.period : 'monthly', now, before);
  const isPastKnown = counted.length > 0 && !(isTotal && key.spentBefore === null);
  return {
    limit,
    pace: paceOf(limit, used, dailyPace(key, utcDayOf(now)), now),
    past: isPastKnown ? whatIf(limit, counted, before) : null,
  };
}

/** What a team has left of its budget this month, and over it; null without a budget. */
export function headroomOf({ monthlyBudget, monthSpend }: TeamEvidence): {
  readonly left: Usd;
  readonly isOver: boolean;
} | null {
  if (monthlyBudget === null) return null;
  return {
    left: maxUsd(ZERO_USD, subtractUsd(monthlyBudget, monthSpend)),
    isOver: compareUsd(monthSpend, monthlyBudget) >= 0,
  };
}

/** Summed spend within each window of a limit, day by day, as it stood against the limit. */
export function windowSums(key: KeyEvidence, period: LimitPeriod): readonly { day: KeyDay; sum: number }[] {
  let window: number | null = null;
  let sum = period === 'total' ? usdToNumber(key.spentBefore ?? ZERO_USD) : 0;
  const sums: { day: KeyDay; sum: number }[] = [];
  for (const day of key.days) {
    const start = periodStart(period, startOfUtcDay(day.day))?.getTime() ?? 0;
    if (window !== null && start !== window) sum = 0;
    window = start;
    sum += usdToNumber(day.spend) + (key.includeByokInLimit ? usdToNumber(day.byokSpend) : 0);
    if (day.day >= key.shownFrom) sums.push({ day, sum });
  }
  return sums;
}
