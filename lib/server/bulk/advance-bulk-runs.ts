import 'server-only';
import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { bulkItems, bulkRuns } from '@/lib/db/schema';
import { log } from '@/lib/utils/log';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { claimItem, reconcileItem, storeApplied, storeFailure } from './bulk-item-state';
import { type BulkRunRow, countItems } from './load-bulk-run';
import { runBulkItem } from './run-bulk-item';

export type AdvanceOptions = {
  /** No item is begun after so long; the next call goes on. */
  readonly budgetMs?: number | undefined;
  /** So many items are under way at once, in each run. */
  readonly lanes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

const BUDGET_MS = 45_000;
/** More than calls may be in flight: while some write down what came of theirs, others call. */
const LANES = 12;
const RUNS_AT_ONCE = 4;
const LEASE_MS = 30_000;
const HEARTBEAT_MS = 10_000;

const shared = globalThis as typeof globalThis & { keywardBulkRuns?: Set<string> };

function worksOn(): Set<string> {
  shared.keywardBulkRuns ??= new Set();
  return shared.keywardBulkRuns;
}

const leaseEnd = (context: ServerContext) => new Date(context.now().getTime() + LEASE_MS);

/** Runs with something to do, for this process alone until its lease ends. */
async function claimRuns(context: ServerContext): Promise<BulkRunRow[]> {
  const hasOpen = sql`exists (
    select 1 from bulk_items i where i.run_id = ${bulkRuns.id} and i.state in ('sent', 'unknown'))`;
  return withTransaction(context, async (tx) => {
    const free = await tx
      .select({ id: bulkRuns.id })
      .from(bulkRuns)
      .where(
        and(
          or(eq(bulkRuns.state, 'running'), hasOpen),
          or(
            isNull(bulkRuns.workedUntil),
            lte(bulkRuns.workedUntil, context.now()),
            // No lease is so long: it was written while a clock stood wrong.
            gt(bulkRuns.workedUntil, new Date(leaseEnd(context).getTime() + LEASE_MS)),
          ),
        ),
      )
      .orderBy(bulkRuns.createdAt)
      .limit(RUNS_AT_ONCE)
      .for('update', { skipLocked: true });
    const ids = free.map(({ id }) => id).filter((id) => !worksOn().has(id));
    if (ids.length === 0) return [];
    return tx
      .update(bulkRuns)
      .set({ workedUntil: leaseEnd(context) })
      .where(inArray(bulkRuns.id, ids))
      .returning();
  });
}

/** What a dead process left, and what was unknown, as the ledger tells it now. */
async function reconcile(context: ServerContext, run: BulkRunRow): Promise<void> {
  const open = await context.db
    .select()
    .from(bulkItems)
    .where(and(eq(bulkItems.runId, run.id), inArray(bulkItems.state, ['sent', 'unknown'])));
  for (const item of open) await reconcileItem(context, item);
}

async function runLane(context: ServerContext, run: BulkRunRow, mayBegin: () => boolean): Promise<number> {
  let done = 0;
  while (mayBegin()) {
    const item = await claimItem(context, run.id);
    if (item === null) return done;
    done += 1;
    try {
      await storeApplied(context, item, await runBulkItem(context, run, item));
    } catch (error) {
      await storeFailure(context, item, error).catch(async (unexpected: unknown) => {
        log.error({ err: unexpected, runId: run.id, keyId: item.keyId }, 'A step of a bulk change failed');
        await reconcileItem(context, item);
      });
    }
  }
  return done;
}

/** Ends a run in which nothing waits and nothing is open. Audited with what came of it. */
async function finishWhenDone(context: ServerContext, run: BulkRunRow): Promise<void> {
  await withTransaction(context, async (tx) => {
    const [row] = await tx.select().from(bulkRuns).where(eq(bulkRuns.id, run.id)).for('update');
    if (row?.state !== 'running') return;
    const counts = await countItems(tx, run.id);
    if (counts.waiting + counts.sent + counts.unknown > 0) return;
    await tx
      .update(bulkRuns)
      .set({ state: 'finished', finishedAt: context.now() })
      .where(eq(bulkRuns.id, run.id));
    await appendAudit(tx, context, {
      action: 'bulk.finish',
      subjectKind: 'bulk_run',
      subjectId: run.id,
      after: counts,
      outcome: 'done',
    });
  });
}

function startHeartbeat(context: ServerContext, runId: string): () => Promise<void> {
  let beat: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    beat = context.db
      .update(bulkRuns)
      .set({ workedUntil: leaseEnd(context) })
      .where(eq(bulkRuns.id, runId))
      .catch((error: unknown) =>
        log.warn({ err: error, runId }, 'The sign of life of a run was not written'),
      );
  }, HEARTBEAT_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await beat;
  };
}

async function workOn(context: ServerContext, run: BulkRunRow, options: AdvanceOptions): Promise<number> {
  const { budgetMs = BUDGET_MS, lanes = LANES, signal } = options;
  const startedAt = performance.now();
  const mayBegin = () => !signal?.aborted && performance.now() - startedAt < budgetMs;
  worksOn().add(run.id);
  const stopHeartbeat = startHeartbeat(context, run.id);
  try {
    await reconcile(context, run);
    const ends = await Promise.allSettled(
      Array.from({ length: lanes }, () => runLane(context, run, mayBegin)),
    );
    await finishWhenDone(context, run);
    return ends.reduce((sum, end) => {
      if (end.status === 'rejected') throw end.reason;
      return sum + end.value;
    }, 0);
  } finally {
    await stopHeartbeat();
    await context.db.update(bulkRuns).set({ workedUntil: null }).where(eq(bulkRuns.id, run.id));
    worksOn().delete(run.id);
  }
}

/**
 * Works on every run for a while: each item through the ordinary verb, as the person who started the run, so that
 * rights and staleness hold. Survives a restart at any moment. Call it every few seconds; several processes may.
 * Answers how many items were taken up.
 */
export async function advanceBulkRuns(
  context: ServerContext,
  options: AdvanceOptions = {},
): Promise<{ readonly takenUp: number }> {
  const runs = await claimRuns(context);
  const counts = await Promise.all(
    runs.map((run) =>
      workOn(context, run, options).catch((error: unknown) => {
        log.error({ err: error, runId: run.id }, 'A bulk change could not be advanced; it is tried again');
        return 0;
      }),
    ),
  );
  return { takenUp: counts.reduce((sum, each) => sum + each, 0) };
}

/** For the start of a process that is the only one on its database: runs of a dead one go on at once. */
export async function endDeadBulkLeases(context: ServerContext): Promise<void> {
  await context.db.update(bulkRuns).set({ workedUntil: null });
}
