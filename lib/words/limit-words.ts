import type { Limit } from '@/lib/domain/limits/limit';
import { type LimitPeriod, periodEnd } from '@/lib/domain/periods/limit-period';
import { formatDay, formatWeekdayTime } from '@/lib/utils/format-date';
import { formatUsdShort } from '@/lib/utils/format-money';

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

/** When a window ends, as short as it can be told: `Mon 00:00 UTC` within a week, else `1 Dec, 00:00 UTC`. */
export function resetText(period: LimitPeriod, now: Date): string | null {
  const end = periodEnd(period, now);
  if (end === null) return null;
  const isWithinWeek = end.getTime() - now.getTime() < 7 * 86_400_000;
  return isWithinWeek ? formatWeekdayTime(end) : `${formatDay(end)}, 00:00 UTC`;
}
