import type { KeyDay } from '@/lib/domain/keys/key-days';
import type { Limit } from '@/lib/domain/limits/limit';
import { paceOf } from '@/lib/domain/limits/limit-use';
import { daysReached } from '@/lib/domain/limits/what-if';
import { type Usd, usdToNumber } from '@/lib/domain/money/usd';
import { addDays, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { formatDay } from '@/lib/utils/format-date';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';
import { limitText } from '@/lib/words/limit-words';

export type LimitOutlook = {
  readonly tone: 'info' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
};

/** Dollars a day over the last seven whole days that are known; 0 when none is. */
export function dailyPaceOf(days: readonly KeyDay[], today: UtcDay): number {
  const from = addDays(today, -7);
  const recent = days.filter(({ day, state }) => day >= from && day < today && state !== 'missing');
  if (recent.length === 0) return 0;
  return recent.reduce((sum, { spend }) => sum + usdToNumber(spend), 0) / recent.length;
}

function pastSentence(limit: Limit, days: readonly KeyDay[]): string {
  const known = days.filter(({ state }) => state === 'complete');
  if (limit.kind !== 'capped' || limit.period === 'total' || known.length < 30) return '';
  const reached = daysReached(limit.amount, limit.period, known);
  const span = `In the last ${known.length} days`;
  const amount = formatUsdShort(limit.amount);
  const last = reached.at(-1);
  if (last === undefined) return `${span} ${amount} would never have been reached.`;
  if (reached.length === 1) return `${span} ${amount} would have been reached once, on ${formatDay(last)}.`;
  return `${span} ${amount} would have been reached ${reached.length} times, last on ${formatDay(last)}.`;
}

/** What a limit would mean, in words: the consequence, not the mechanism. */
export function limitOutlook(
  limit: Limit,
  used: Usd | null,
  days: readonly KeyDay[],
  now: Date,
): LimitOutlook | null {
  if (limit.kind === 'unlimited') {
    return { tone: 'warn', title: 'Nothing would stop this key.', text: 'Only limits above it still bind.' };
  }
  if (limit.kind === 'blocked') {
    return {
      tone: 'bad',
      title: 'Every request on this key would fail.',
      text: 'It can be unblocked again.',
    };
  }
  const today = utcDayOf(now);
  const dailyPace = dailyPaceOf(days, today);
  const past = pastSentence(limit, days);
  if (used === null) return past ? { tone: 'info', title: limitText(limit), text: past } : null;
  const pace = paceOf(limit, used, dailyPace, now);
  if (!pace) return null;
  const amount = formatUsdShort(limit.amount);
  if (usdToNumber(used) >= usdToNumber(limit.amount)) {
    return {
      tone: 'bad',
      title: `${amount} is used up already.`,
      text: `The key has spent ${formatUsd(used)} of this window and would stop at once. ${past}`.trim(),
    };
  }
  const endsAt = formatUsd(String(Math.round(pace.endsAt * 100) / 100), { digits: 0 });
  const heading =
    limit.period === 'total' ? '' : `At the pace of the last 7 days this window ends at ${endsAt}.`;
  if (pace.runsOutAt) {
    return {
      tone: 'warn',
      title: `${amount} would run out on ${formatDay(pace.runsOutAt)}.`,
      text: `${heading} ${past}`.trim(),
    };
  }
  return { tone: 'info', title: `${amount} would last.`, text: `${heading} ${past}`.trim() };
}
