import type { Limit } from '@/lib/domain/limits/limit';
import type { Usd } from '@/lib/domain/money/usd';
import { type LimitPeriod, periodEnd } from '@/lib/domain/periods/limit-period';
import { formatDay, formatWeekdayTime } from '@/lib/utils/format-date';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';

export const periodWords: Record<LimitPeriod, { label: string; every: string; window: string }> = {
  daily: { label: 'Daily', every: 'daily', window: 'today' },
  weekly: { label: 'Weekly', every: 'weekly', window: 'this week' },
  monthly: { label: 'Monthly', every: 'monthly', window: 'this month' },
  total: { label: 'Never', every: 'in all', window: 'so far' },
};

/** `$500 monthly`, `No limit`, `Blocked`. */
export function limitText(limit: Limit): string {
  switch (limit.kind) {
    case 'unlimited':
      return 'No limit';
    case 'blocked':
      return 'Blocked';
    case 'capped':
      return `${formatUsdShort(limit.amount)} ${periodWords[limit.period].every}`;
  }
}

/**
 * `$120.00 of $500 used this month`. A limit counts all that its key spends; where the spend beside it is that of one
 * team's days, `isMonthShared` says so.
 */
export function usedText(
  { amount, period }: Extract<Limit, { kind: 'capped' }>,
  used: Usd,
  isMonthShared: boolean,
): string {
  const whose = isMonthShared ? ', whichever team had the key' : '';
  return `${formatUsd(used)} of ${formatUsdShort(amount)} used ${periodWords[period].window}${whose}`;
}

/** When a window ends, as short as it can be told: `Mon 00:00 UTC` within a week, else `1 Dec, 00:00 UTC`. */
export function resetText(period: LimitPeriod, now: Date): string | null {
  const end = periodEnd(period, now);
  if (end === null) return null;
  const isWithinWeek = end.getTime() - now.getTime() < 7 * 86_400_000;
  return isWithinWeek ? formatWeekdayTime(end) : `${formatDay(end)}, 00:00 UTC`;
}
