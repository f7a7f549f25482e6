import 'server-only';
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { bulkItems } from '@/lib/db/schema';
import { bulkBeforeSchema, bulkWishSchema, undoOf } from '@/lib/domain/bulk/bulk-item';
import { type BulkRunAction, bulkChoices } from '@/lib/domain/bulk/bulk-view';
import { driftWishSchema } from '@/lib/domain/drift/drift-run';
import { requireUser, type ServerContext, withTransaction } from '../context';
import { planDriftItems } from '../drift/plan-drift-items';
import { AppError } from '../errors';
import type { BulkItemRow } from './bulk-item-state';
import { insertBulkRun, type NewBulkItem } from './insert-bulk-run';
import { loadBulkRun, summaryOf } from './load-bulk-run';
import { previewBulk } from './preview-bulk';

type RunInput = { readonly runId: string };

async function decideAgain(
  context: ServerContext,
  action: BulkRunAction,
  left: readonly BulkItemRow[],
): Promise<readonly NewBulkItem[]> {
  if (action.kind === 'undo') {
    return left.map(({ keyId, before, wish }) => ({
      keyId,
      before: bulkBeforeSchema.parse(before),
      wish: bulkWishSchema.parse(wish),
      message: null,
    }));
  }
  if (action.kind === 'drift') {
    const wishes = left.map(({ wish }) => driftWishSchema.parse(wish));
    return planDriftItems(
      context,
      action,
      wishes.map((wish) => ({ itemId: wish.itemId, digest: wish.digest, wish })),
    );
  }
  const { rows } = await previewBulk(context, { action, keyIds: left.map(({ keyId }) => keyId) });
  return rows.map(({ keyId, before, wish, words }) => ({ keyId, before, wish, message: words }));
}

/** Tries what was refused or cancelled again, decided anew, as a run of its own. Throws `conflict` while it still runs. */
export async function retryBulkRun(context: ServerContext, { runId }: RunInput): Promise<{ runId: string }> {
  const person = requireUser(context);
  const row = await loadBulkRun(context, runId);
  const summary = await summaryOf(context.db, row);
  if (!bulkChoices(summary).canRetry) throw new AppError('conflict', 'There is nothing to try again.');
  const left = await context.db
    .select()
    .from(bulkItems)
    .where(and(eq(bulkItems.runId, runId), inArray(bulkItems.state, ['refused', 'cancelled'])))
    .orderBy(asc(bulkItems.position));
  const { action } = summary;
  const items = await decideAgain(context, action, left);
  if (items.every(({ wish }) => wish === null)) {
    throw new AppError('conflict', 'None of the rest would change any more.');
  }
  return withTransaction(context, (tx) =>
    insertBulkRun(tx, context, person, { action, reason: row.reason, items, retriesRunId: runId }),
  );
}

/**
 * Puts back what a run changed, last first, as a run of its own: a key that was changed again since is refused,
 * not overwritten. Throws `conflict` when nothing can be put back; a deletion that is final never can.
 */
export async function undoBulkRun(context: ServerContext, { runId }: RunInput): Promise<{ runId: string }> {
  const person = requireUser(context);
  const summary = await summaryOf(context.db, await loadBulkRun(context, runId));
  if (!bulkChoices(summary).canUndo) {
    throw new AppError(
      'conflict',
      summary.kind === 'delete'
        ? 'These deletions are final: the keys cannot be put back.'
        : 'There is nothing to put back.',
    );
  }
  const done = await context.db
    .select()
    .from(bulkItems)
    .where(and(eq(bulkItems.runId, runId), eq(bulkItems.state, 'applied')))
    .orderBy(desc(bulkItems.position));
  const items = done.flatMap(({ keyId, before, wish }): NewBulkItem[] => {
    const undo = undoOf(bulkBeforeSchema.parse(before), bulkWishSchema.parse(wish));
    return undo ? [{ keyId, ...undo, message: 'Puts back what was there.' }] : [];
  });
  return withTransaction(context, (tx) =>
    insertBulkRun(tx, context, person, {
      action: { kind: 'undo' },
      reason: `Puts back a bulk change of ${summary.createdByName}.`,
      items,
      undoesRunId: runId,
    }),
  );
}
