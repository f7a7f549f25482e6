import type { KeyDay } from '@/lib/domain/keys/key-days';
import { addUsd, type Usd, usdToNumber, ZERO_USD } from '@/lib/domain/money/usd';
import { type LimitPeriod, periodEnd, periodStart } from '@/lib/domain/periods/limit-period';
import { startOfUtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { formatDay } from '@/lib/utils/format-date';

const DAY_MS = 86_400_000;

export type Projection = {
  readonly points: readonly { at: number; value: number }[];
  readonly spent: Usd;
  /** Dollars at the window's end for a pace in dollars a day. */
  readonly endsAt: (dailyPace: number) => number;
  readonly ticks: readonly { at: number; label: string }[];
};

/** The summed spend of the current window, placed between its start (0) and its end (1). */
export function projectionOf(
  days: readonly KeyDay[],
  period: Exclude<LimitPeriod, 'total'>,
  now: Date,
): Projection {
  const start = periodStart(period, now)?.getTime() ?? now.getTime();
  const end = periodEnd(period, now)?.getTime() ?? now.getTime();
  const place = (at: number) => Math.min(1, Math.max(0, (at - start) / (end - start)));
  const points = [{ at: 0, value: 0 }];
  let spent = ZERO_USD;
  for (const { day, spend, state } of days) {
    const from = startOfUtcDay(day).getTime();
    if (from < start || state === 'missing') continue;
    spent = addUsd(spent, spend);
    points.push({ at: place(Math.min(from + DAY_MS, now.getTime())), value: usdToNumber(spent) });
  }
  const daysLeft = Math.max(0, (end - now.getTime()) / DAY_MS);
  const lastDay = new Date(end - 1);
  return {
    points,
    spent,
    endsAt: (dailyPace) => usdToNumber(spent) + dailyPace * daysLeft,
    ticks: [
      { at: 0, label: formatDay(new Date(start)) },
      ...(place(now.getTime()) > 0.12 && place(now.getTime()) < 0.88
        ? [{ at: place(now.getTime()), label: 'today' }]
        : []),
      ...(utcDayOf(lastDay) === utcDayOf(new Date(start)) ? [] : [{ at: 1, label: formatDay(lastDay) }]),
    ],
  };
}
