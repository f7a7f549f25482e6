import { usdToNumber } from '../money/usd';
import type { KeyDay } from './key-days';
import { barOf, PACE_DAYS, type RecentSpendWire } from './recent-spend';

/** The last 30 UTC days of one key in the form of the whole table; `days` must be those, today last. */
export function recentOfDays(
  keyId: number,
  connectionId: number,
  days: readonly [KeyDay, ...KeyDay[]],
): RecentSpendWire {
  const spend = days.map((day) => usdToNumber(day.spend));
  const peak = Math.max(...spend);
  const whole = days.slice(-1 - PACE_DAYS, -1).filter(({ state }) => state !== 'missing');
  const paced = whole.reduce((sum, day) => sum + usdToNumber(day.spend), 0);
  return {
    from: days[0].day,
    known: { [connectionId]: days.map(({ state }) => (state === 'missing' ? '0' : '1')).join('') },
    columns: {
      id: [keyId],
      bars: [spend.map((value) => barOf(value, peak)).join('')],
      peak: [peak],
      total: [spend.reduce((sum, value) => sum + value, 0)],
      pace: [whole.length === 0 ? 0 : paced / whole.length],
      lastDay: [days.findLastIndex(({ requests }) => requests > 0)],
    },
  };
}
