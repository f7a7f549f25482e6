import 'server-only';
import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { bulkItems, changes } from '@/lib/db/schema';
import { settlementWords } from '@/lib/domain/changes/change-words';
import { backoffMs } from '@/lib/domain/changes/settle-timing';
import { driftWishSchema } from '@/lib/domain/drift/drift-run';
import type { ServerContext } from '../context';
import { AppError } from '../errors';

export type BulkItemRow = typeof bulkItems.$inferSelect;

/** So often a step is tried that the provider did not take, or that someone else's change stood in the way of. */
const MOST_TRIES = 8;
/** A provider that asks for patience is given it for longer: hours, with its own pauses. */
const MOST_PAUSES = 200;

const failureSchema = z.object({ kind: z.string().nullish() }).catch({ kind: null });

type Outcome = Partial<Pick<BulkItemRow, 'state' | 'message' | 'changeId' | 'notBefore' | 'finishedAt'>>;

/**
 * Takes the next item that waits, for this process alone; null when none may begin now. Several of one key go one
 * after the other, in their order: the one before counts while it waits too, since another lane may just be taking it.
 */
export async function claimItem(context: ServerContext, runId: string): Promise<BulkItemRow | null> {
  const now = context.now();
  const next = sql`(
    select i.position from bulk_items i join bulk_runs r on r.id = i.run_id
    where i.run_id = ${runId} and i.state = 'waiting' and r.state = 'running'
      and not exists (select 1 from bulk_items o where o.run_id = i.run_id and o.key_id = i.key_id
        and o.position < i.position and o.state in ('waiting', 'sent', 'unknown'))
      and (i.not_before is null or i.not_before <= ${now.toISOString()}::timestamptz)
    order by i.position limit 1 for update of i skip locked)`;
  const [row] = await context.db
    .update(bulkItems)
    .set({ state: 'sent', attempts: sql`${bulkItems.attempts} + 1`, notBefore: null })
    .where(and(eq(bulkItems.runId, runId), eq(bulkItems.position, next)))
    .returning();
  return row ?? null;
}

async function store(context: ServerContext, item: BulkItemRow, outcome: Outcome): Promise<void> {
  await context.db
    .update(bulkItems)
    .set(outcome)
    .where(and(eq(bulkItems.runId, item.runId), eq(bulkItems.position, item.position)));
}

export async function storeApplied(
  context: ServerContext,
  item: BulkItemRow,
  changeId: string | null,
): Promise<void> {
  await store(context, item, { state: 'applied', message: null, changeId, finishedAt: context.now() });
}

async function storeRefused(
  context: ServerContext,
  item: BulkItemRow,
  message: string,
  changeId: string | null,
): Promise<void> {
  await store(context, item, { state: 'refused', message, changeId, finishedAt: context.now() });
}

/** Surely not done, and worth another try later: it waits, unless it was tried often enough. */
async function storeWaiting(
  context: ServerContext,
  item: BulkItemRow,
  why: { readonly message: string; readonly waitMs: number; readonly most: number },
): Promise<void> {
  if (item.attempts >= why.most) return storeRefused(context, item, why.message, item.changeId);
  const notBefore = new Date(context.now().getTime() + why.waitMs);
  // A run that was cancelled meanwhile begins nothing anew.
  const isCancelled = sql`(select state from bulk_runs where id = ${item.runId}) = 'cancelled'`;
  await context.db
    .update(bulkItems)
    .set({
      state: sql`case when ${isCancelled} then 'cancelled' else 'waiting' end`,
      message: why.message,
      notBefore,
    })
    .where(and(eq(bulkItems.runId, item.runId), eq(bulkItems.position, item.position)));
}

function textOf(facts: AppError['facts'], name: string): string | null {
  const value = facts?.[name];
  return typeof value === 'string' ? value : null;
}

/** Records why a step did not come through; anything else than a verb's own error is rethrown. */
export async function storeFailure(context: ServerContext, item: BulkItemRow, error: unknown): Promise<void> {
  if (!(error instanceof AppError)) throw error;
  const { code, message, facts } = error;
  const changeId = textOf(facts, 'changeId');
  if (code === 'outcome_unknown') {
    await store(context, item, { state: 'unknown', message, changeId });
    return;
  }
  if (code === 'provider_unavailable') {
    const asked = facts?.retryAfterMs;
    const isPause = facts?.kind === 'rate_limited';
    const waitMs = typeof asked === 'number' ? asked : backoffMs(Math.min(item.attempts, 5));
    return storeWaiting(context, item, { message, waitMs, most: isPause ? MOST_PAUSES : MOST_TRIES });
  }
  // Another change of the key is under way: its own turn comes after.
  if (code === 'conflict' && changeId !== null) {
    return storeWaiting(context, item, { message, waitMs: backoffMs(item.attempts), most: MOST_TRIES });
  }
  await storeRefused(context, item, message, changeId);
}

/** A change that puts a difference back hangs on the difference, and names the run as its request. */
function isChangeOf({ runId, wish }: BulkItemRow) {
  const drift = driftWishSchema.safeParse(wish).data;
  return drift
    ? and(eq(changes.parentId, drift.itemId), eq(changes.requestId, runId))
    : eq(changes.parentId, runId);
}

/** The latest change that this item made; null when its verb never came so far. */
async function findChange(context: ServerContext, item: BulkItemRow) {
  const [row] = await context.db
    .select()
    .from(changes)
    .where(and(isChangeOf(item), eq(changes.keyId, item.keyId)))
    .orderBy(desc(changes.plannedAt))
    .limit(1);
  return row ?? null;
}

/**
 * Brings an item whose process died, or whose outcome was unknown, to what the ledger says of its change. What
 * has no certain outcome yet stays as it is.
 */
export async function reconcileItem(context: ServerContext, item: BulkItemRow): Promise<void> {
  const change = await findChange(context, item);
  if (change === null) {
    await storeWaiting(context, item, { message: 'It was interrupted.', waitMs: 0, most: MOST_TRIES });
    return;
  }
  switch (change.state) {
    case 'planned':
    case 'sent':
    case 'unknown':
      if (item.state !== 'unknown') await store(context, item, { state: 'unknown', changeId: change.id });
      return;
    case 'applied':
    case 'settled_applied':
      return storeApplied(context, item, change.id);
    case 'settled_not_applied':
      return storeWaiting(
        context,
        { ...item, changeId: change.id },
        { message: change.settlement ?? settlementWords.notApplied, waitMs: 0, most: MOST_TRIES },
      );
    case 'refused': {
      const message = 'The provider refused. Nothing was changed.';
      const { kind } = failureSchema.parse(change.failure);
      if (kind !== 'rate_limited' && kind !== 'unavailable') {
        return storeRefused(context, item, message, change.id);
      }
      return storeWaiting(
        context,
        { ...item, changeId: change.id },
        { message, waitMs: 0, most: MOST_TRIES },
      );
    }
    case 'abandoned':
      return storeRefused(context, item, change.settlement ?? settlementWords.notTold, change.id);
  }
}
