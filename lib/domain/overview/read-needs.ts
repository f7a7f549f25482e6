import type { FreshnessView } from '../usage/freshness-view';
import type { Need } from './overview-view';

/** Keys that were not read whole for so long are called stale, as in the header. */
const STALE_AFTER_MS = 10 * 60_000;

/** What about the reads of connections waits for a person. A read that runs for the first time is no need. */
export function readNeeds({ connections }: FreshnessView, nowMs: number): Need[] {
  return connections.flatMap(({ id, name, state, keysRead, usageRead }): Need[] => {
    const about = { connectionId: id, connection: name };
    if (state === 'paused') return [{ kind: 'connection_paused', ...about }];
    const failed = (['keys', 'usage'] as const).flatMap((reads): Need[] => {
      const read = reads === 'keys' ? keysRead : usageRead;
      if (read.state !== 'failed' && read.state !== 'partial') return [];
      const { failure: reason, lastCompleteAt } = read;
      return [{ kind: 'read_failed', ...about, reads, reason, lastCompleteAt }];
    });
    const { lastCompleteAt } = keysRead;
    const isFirst = lastCompleteAt === null && keysRead.state === 'running';
    const isStale = lastCompleteAt === null || nowMs - Date.parse(lastCompleteAt) > STALE_AFTER_MS;
    if (failed.length > 0 || isFirst || !isStale) return failed;
    return [{ kind: 'read_stale', ...about, lastCompleteAt }];
  });
}
