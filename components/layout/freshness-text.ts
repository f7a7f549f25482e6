import { formatRelative } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';

export interface FreshnessView {
  state: 'fresh' | 'stale' | 'failed' | 'reading' | 'none';
  connectionCount: number;
  /** The oldest last full read over all connections, epoch milliseconds; `null` when one was never read. */
  syncedAt: number | null;
  /** While reading: "1,200 keys read". */
  progress?: string | null;
  /** How many connections failed; only with `failed`. */
  failedCount?: number;
}

function age(view: FreshnessView, now: number, lead: string): string {
  return view.syncedAt === null ? 'not read yet' : `${lead} ${formatRelative(view.syncedAt, now)}`;
}

/** The sentence of the header: "2 connections · synced 14 s ago". */
export function describeFreshness(view: FreshnessView, now: number): string {
  const connections = formatPlural(view.connectionCount, 'connection');
  switch (view.state) {
    case 'none':
      return 'No connections yet';
    case 'fresh':
      return `${connections} · ${age(view, now, 'synced')}`;
    case 'stale':
      return `${connections} · stale, ${age(view, now, 'last synced')}`;
    case 'reading':
      return view.progress ? `Reading · ${view.progress}` : `Reading ${connections}`;
    case 'failed':
      return `${view.failedCount ?? 1} of ${connections} failing · ${age(view, now, 'data from')}`;
  }
}
