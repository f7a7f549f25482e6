import 'server-only';
import { and, eq, gt, lt, or, sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { reads } from '@/lib/db/schema';
import { clearStage } from './key-stage';
import { STOPPED } from './live-reads';

/** A running read gives a sign of life every few seconds; after so long without one its process is gone. */
export const DEAD_AFTER_MS = 20_000;
const WRONG_CLOCK_MS = 60_000;
const KEPT_DAYS = 30;

/** Closes the reads whose process is gone, also those whose last sign of life was given by a clock that stood wrong. */
export async function closeDeadReads(db: Queryable, now: Date): Promise<void> {
  const at = (ms: number) => new Date(now.getTime() + ms);
  const isSilent = or(lt(reads.aliveAt, at(-DEAD_AFTER_MS)), gt(reads.aliveAt, at(WRONG_CLOCK_MS)));
  await db
    .update(reads)
    .set({ state: 'failed', failure: STOPPED, finishedAt: now })
    .where(and(eq(reads.state, 'running'), isSilent));
}

/** Forgets what ended reads had put aside, and reads of long ago, but never the last complete one of a connection and kind: it says how old things are. */
export async function pruneReads(db: Queryable, now: Date): Promise<void> {
  await clearStage(db);
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  await db.execute(sql`
    delete from reads r where r.finished_at < ${before}
      and r.id <> all (
        select distinct on (connection_id, kind) id from reads
        where state = 'complete' order by connection_id, kind, finished_at desc
      )`);
}
