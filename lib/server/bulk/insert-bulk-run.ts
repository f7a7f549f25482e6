import 'server-only';
import type { Transaction } from '@/lib/db/client';
import { bulkItems, bulkRuns } from '@/lib/db/schema';
import type { BulkBefore, BulkWish } from '@/lib/domain/bulk/bulk-item';
import type { BulkRunAction } from '@/lib/domain/bulk/bulk-view';
import type { UserActor } from '@/lib/domain/people/actor';
import { appendAudit } from '../audit/append-audit';
import type { ServerContext } from '../context';

const ITEMS_A_STATEMENT = 1_000;

export type NewBulkItem = {
  readonly keyId: number;
  readonly before: BulkBefore;
  /** Null: skipped, with the reason in `message`. */
  readonly wish: BulkWish | null;
  readonly message: string | null;
};

export type NewBulkRun = {
  readonly action: BulkRunAction;
  readonly reason: string;
  readonly items: readonly NewBulkItem[];
  readonly undoesRunId?: string | undefined;
  readonly retriesRunId?: string | undefined;
};

/** Puts a run and its items on record, audited; the worker does the rest. */
export async function insertBulkRun(
  tx: Transaction,
  context: ServerContext,
  person: UserActor,
  run: NewBulkRun,
): Promise<{ readonly runId: string }> {
  const at = context.now();
  const { action, reason, items, undoesRunId, retriesRunId } = run;
  const [row] = await tx
    .insert(bulkRuns)
    .values({
      kind: action.kind,
      state: 'running',
      wish: action,
      reason,
      undoesRunId,
      retriesRunId,
      createdBy: person.id,
      createdAt: at,
    })
    .returning({ id: bulkRuns.id });
  if (!row) throw new Error('the run was not stored');
  for (let from = 0; from < items.length; from += ITEMS_A_STATEMENT) {
    await tx.insert(bulkItems).values(
      items.slice(from, from + ITEMS_A_STATEMENT).map(({ keyId, before, wish, message }, index) => ({
        runId: row.id,
        position: from + index + 1,
        keyId,
        state: wish === null ? ('skipped' as const) : ('waiting' as const),
        before,
        wish: wish ?? {},
        message,
        finishedAt: wish === null ? at : null,
      })),
    );
  }
  const changing = items.filter(({ wish }) => wish !== null).length;
  await appendAudit(tx, context, {
    action: 'bulk.start',
    subjectKind: 'bulk_run',
    subjectId: row.id,
    subjectName: `${changing} ${action.kind === 'drift' ? 'differences' : 'keys'}`,
    after: { action, keys: changing, skipped: items.length - changing, undoesRunId, retriesRunId },
    reason,
    outcome: 'done',
  });
  return { runId: row.id };
}
