import { usdToNumber } from '../money/usd';
import type { UtcDay } from '../periods/utc-day';
import type { CountedDays, KeyDay } from './key-days';
import { barOf, PACE_DAYS, type RecentSpendWire } from './recent-spend';

/** Dollars a day over the last whole days that were read, today last. */
function paceOf(days: readonly KeyDay[]): number {
  const whole = days.slice(-1 - PACE_DAYS, -1).filter(({ state }) => state !== 'missing');
  return whole.length === 0 ? 0 : whole.reduce((sum, day) => sum + usdToNumber(day.spend), 0) / whole.length;
}

/**
 * The last 30 UTC days of one key in the form of the whole table; `whole` must be those, today last. Pace and last use
 * are the whole key's, spend is what `counted` says.
 */
export function recentOfDays(
  key: { readonly id: number; readonly connectionId: number },
  whole: readonly KeyDay[],
  counted: CountedDays,
): RecentSpendWire {
  const from: UtcDay | undefined = whole[0]?.day;
  if (from === undefined) throw new Error('a range of 30 days has days');
  const spend = counted.days.map((day) => usdToNumber(day.spend));
  const peak = Math.max(...spend);
  return {
    from,
    known: { [key.connectionId]: whole.map(({ state }) => (state === 'missing' ? '0' : '1')).join('') },
    shared: counted.otherDays.length > 0 ? [key.id] : [],
    columns: {
      id: [key.id],
      bars: [spend.map((value) => barOf(value, peak)).join('')],
      peak: [peak],
      total: [spend.reduce((sum, value) => sum + value, 0)],
      pace: [paceOf(whole)],
      lastDay: [whole.findLastIndex(({ requests }) => requests > 0)],
    },
  };
}
