import type { FreshnessView as AllReads } from '@/lib/domain/usage/freshness-view';
import type { FreshnessView } from './freshness-text';

/** Older than this, what one sees is called stale. */
export const STALE_AFTER_MS = 10 * 60_000;

/** The header's line from how every connection's reads stand; what hurts comes first. */
export function toFreshnessLine(reads: AllReads, now: number): FreshnessView {
  const { connections, oldestCompleteAt, isReading, progressText } = reads;
  const syncedAt = oldestCompleteAt === null ? null : Date.parse(oldestCompleteAt);
  const active = connections.filter(({ state }) => state === 'active');
  const failedCount = active.filter(
    ({ keysRead, usageRead }) => keysRead.state === 'failed' || usageRead.state === 'failed',
  ).length;
  const line = { connectionCount: connections.length, syncedAt };
  if (connections.length === 0) return { ...line, state: 'none' };
  if (isReading) return { ...line, state: 'reading', progress: progressText };
  if (failedCount > 0) return { ...line, state: 'failed', failedCount };
  const isStale = syncedAt === null || now - syncedAt > STALE_AFTER_MS;
  return { ...line, state: isStale ? 'stale' : 'fresh' };
}
