import type { BadgeTone } from '@/components/ui/badge';
import { expiresWithin } from '@/lib/domain/keys/key-filters';
import { isLive, keyStatusWords } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { isIdle, lastUseOf, type RecentSpend } from '@/lib/domain/keys/recent-spend';
import { formatDateTime, formatDay, formatDuration } from '@/lib/utils/format-date';

export type StatusWords = { readonly label: string; readonly explains: string; readonly tone: BadgeTone };

export const EXPIRING_DAYS = 14;
export const IDLE_DAYS = 30;

const BEING_RETIRED: StatusWords = {
  label: 'Being retired',
  explains: 'Another key took over from it. It goes once nothing uses it any more.',
  tone: 'warn',
};
const DUE: StatusWords = {
  label: 'Due for rotation',
  explains: 'Active, and older than keys here are to become.',
  tone: 'warn',
};

/** The badge of a key. An active one with something else to know about it says that instead. */
export function statusWords(row: KeyRow, recent: RecentSpend | null, nowMs: number): StatusWords {
  const words = keyStatusWords[row.status];
  if (row.isBeingRetired && isLive(row.status)) return BEING_RETIRED;
  if (row.status === 'blocked') return { ...words, tone: 'warn' };
  if (row.status === 'deleting' && row.deleteAfterMs !== null) {
    return {
      label: `Deleted on ${formatDay(row.deleteAfterMs)}`,
      explains: `Disabled, and deleted for good after ${formatDateTime(row.deleteAfterMs)}. Until then that can be undone.`,
      tone: 'warn',
    };
  }
  if (row.status !== 'active') return { ...words, tone: 'neutral' };
  if (row.expiresAtMs !== null && expiresWithin(row, EXPIRING_DAYS, nowMs)) {
    return {
      label: `Expires in ${formatDuration(row.expiresAtMs - nowMs)}`,
      explains: `The provider refuses it from ${formatDateTime(row.expiresAtMs)}.`,
      tone: 'warn',
    };
  }
  if (row.isDueForRotation) return DUE;
  if (isIdle(row, recent, IDLE_DAYS, nowMs)) {
    const last = lastUseOf(row, recent);
    const label = last === null ? `Idle ${IDLE_DAYS}+ d` : `Idle ${formatDuration(nowMs - last.atMs)}`;
    return { label, explains: 'Active, but not used for 30 days or more.', tone: 'neutral' };
  }
  return { ...words, tone: 'ok' };
}
