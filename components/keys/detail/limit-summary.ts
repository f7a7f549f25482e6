import { type BindsWire, stackOf } from '@/lib/domain/binds/binds-wire';
import { whatBinds } from '@/lib/domain/binds/what-binds';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { RecentSpend } from '@/lib/domain/keys/recent-spend';
import { paceOf } from '@/lib/domain/limits/limit-use';
import { formatDateTime, formatDay } from '@/lib/utils/format-date';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';
import { bindingSentence } from '@/lib/words/binds-words';
import { periodWords, resetText } from '@/lib/words/limit-words';

export type LimitSummary = {
  /** `This key can still spend $12.40 until Mon 00:00 UTC.`, and what is not known of it. */
  readonly left: string;
  /** Where the pace leads, and when it runs out; null where there is no telling. */
  readonly pace: string | null;
  readonly runsOut: boolean;
};

function dollars(amount: number): string {
  return formatUsd(amount.toFixed(6));
}

function paceText(row: KeyRow, daily: number, now: Date): { text: string; runsOut: boolean } | null {
  const { limit, used } = row;
  if (limit.kind !== 'capped' || used === null) return null;
  const pace = paceOf(limit, used, daily, now);
  if (!pace) return null;
  const amount = formatUsdShort(limit.amount);
  const reset = resetText(limit.period, now);
  if (row.left === '0') {
    return { text: `${amount} is used up${reset ? `; it starts anew ${reset}` : ''}.`, runsOut: true };
  }
  const ofDays = `At the pace of the last 7 days, ${dollars(daily)} a day,`;
  if (pace.runsOutAt)
    return { text: `${ofDays} it runs out on ${formatDay(pace.runsOutAt)}.`, runsOut: true };
  if (limit.period === 'total') {
    return daily > 0 ? { text: `${ofDays} it lasts.`, runsOut: false } : null;
  }
  return {
    text: `${ofDays} ${periodWords[limit.period].window} ends at ${dollars(pace.endsAt)} of ${amount}.`,
    runsOut: false,
  };
}

/** What the limit means for the key right now, in sentences. */
export function limitSummary(
  row: KeyRow,
  { recent, binds, nowMs }: { recent: RecentSpend; binds: BindsWire; nowMs: number },
): LimitSummary {
  const now = new Date(nowMs);
  const binding = whatBinds(stackOf(binds, row), now);
  if (row.status === 'deleted' || row.status === 'gone') {
    return { left: 'This key can spend nothing any more.', pace: null, runsOut: false };
  }
  if (row.status === 'expired') {
    const since = row.expiresAtMs === null ? '' : ` since ${formatDateTime(row.expiresAtMs)}`;
    return { left: `This key is expired${since} and can spend nothing.`, pace: null, runsOut: false };
  }
  if (row.status === 'removed') {
    return { left: 'Keyward does not look after this key any more.', pace: null, runsOut: false };
  }
  if (row.status === 'deleting') {
    return { left: 'This key waits for its deletion and can spend nothing.', pace: null, runsOut: false };
  }
  if (row.isDisabled) {
    const then = row.limit.kind === 'unlimited' ? '' : ` ${bindingSentence(binding, now, 'Once enabled it')}`;
    return { left: `This key is disabled and can spend nothing.${then}`, pace: null, runsOut: false };
  }
  const pace = paceText(row, recent.of(row.id).pace, now);
  return {
    left: bindingSentence(binding, now),
    pace: pace?.text ?? null,
    runsOut: pace?.runsOut ?? false,
  };
}
