import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { RecentSpend } from '@/lib/domain/keys/recent-spend';
import { paceOf } from '@/lib/domain/limits/limit-use';
import { usdToNumber } from '@/lib/domain/money/usd';
import { formatPercent } from '@/lib/utils/format-number';
import { usedText } from '@/lib/words/limit-words';

export type LimitMeter = {
  readonly used: number;
  /** Where the window ends at the pace of the last 7 days; null when there is no telling. */
  readonly pace: number | null;
  readonly text: string;
};

/** The meter of a capped key; null for a key without a cap. */
export function limitMeter(row: KeyRow, recent: RecentSpend | null, nowMs: number): LimitMeter | null {
  const { limit, used } = row;
  if (limit.kind !== 'capped') return null;
  if (used === null) return { used: 0, pace: null, text: 'not read since the limit started anew' };
  const said = usedText(limit, used, row.isMonthShared);
  const share = formatPercent(row.usedShare, { digits: 0 });
  if (recent === null || limit.period === 'total') {
    return { used: row.usedShare, pace: null, text: `${said}, ${share}` };
  }
  const isStopped = row.status !== 'active';
  const daily = isStopped ? 0 : recent.of(row.id).pace;
  const pace = paceOf(limit, used, daily, new Date(nowMs));
  if (!pace) return { used: row.usedShare, pace: null, text: `${said}, ${share}` };
  const endShare = pace.endsAt / usdToNumber(limit.amount);
  if (isStopped) return { used: row.usedShare, pace: null, text: `${said}, ${share}` };
  const ending = formatPercent(endShare, { digits: 0 });
  return {
    used: row.usedShare,
    pace: endShare,
    text: `${said}, ${share}; at the pace of the last 7 days ${ending} when it starts anew`,
  };
}
