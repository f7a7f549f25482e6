import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { reads } from '@/lib/db/schema';

export const STOPPED = 'Keyward was stopped during this read.';

export type LiveRead = {
  readonly id: string;
  readonly connectionId: number;
  readonly kind: 'keys' | 'usage';
  readonly controller: AbortController;
  /** Ends, never rejects, once the read's row is closed. */
  readonly ended: Promise<void>;
};

/** Why a read was stopped from within. */
export type StopReason = 'cancelled' | 'shutdown' | 'superseded';

export class ReadStopped extends Error {
  override readonly name = 'ReadStopped';

  constructor(readonly reason: StopReason) {
    super(`the read was stopped: ${reason}`);
  }
}

// One list a process, though Next loads this module several times (pages, actions, instrumentation).
const shared = globalThis as typeof globalThis & { keywardLiveReads?: Map<string, LiveRead> };

/** The reads that this process is running, by the id of their row. */
export function liveReads(): Map<string, LiveRead> {
  shared.keywardLiveReads ??= new Map();
  return shared.keywardLiveReads;
}

/**
 * Stops every read of this process and waits until it has ended. The rows are closed by one statement first, since
 * a process that got a signal may not live long enough for more.
 */
export async function stopLiveReads(db: Database, now: Date): Promise<void> {
  const live = [...liveReads().values()];
  if (live.length === 0) return;
  const closed = db
    .update(reads)
    .set({ state: 'failed', failure: STOPPED, finishedAt: now })
    .where(
      and(
        eq(reads.state, 'running'),
        inArray(
          reads.id,
          live.map((read) => read.id),
        ),
      ),
    )
    .execute();
  for (const read of live) read.controller.abort(new ReadStopped('shutdown'));
  await closed;
  await Promise.all(live.map((read) => read.ended));
}
