import { addUsd, compareUsd, type Usd, ZERO_USD } from '../money/usd';
import { type LimitPeriod, periodStart } from '../periods/limit-period';
import { startOfUtcDay, type UtcDay } from '../periods/utc-day';

export type DaySpend = { readonly day: UtcDay; readonly spend: Usd };

/**
 * The days on which a cap would have been reached, one a window at the most, by the provider's own reset
 * rule. Days must come in order; a day's spend counts whole, since facts are daily.
 */
export function daysReached(amount: Usd, period: LimitPeriod, days: readonly DaySpend[]): readonly UtcDay[] {
  const reached: UtcDay[] = [];
  let window: number | null = null;
  let sum = ZERO_USD;
  let isReached = false;
  for (const { day, spend } of days) {
    const start = periodStart(period, startOfUtcDay(day))?.getTime() ?? 0;
    if (start !== window) {
      window = start;
      sum = ZERO_USD;
      isReached = false;
    }
    sum = addUsd(sum, spend);
    if (!isReached && compareUsd(sum, amount) >= 0) {
      reached.push(day);
      isReached = true;
    }
  }
  return reached;
}
