import 'server-only';
import { and, count, eq, not, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '@/lib/db/client';
import { bulkItems, bulkRuns, users } from '@/lib/db/schema';
import { bulkActionSchema, bulkPermission } from '@/lib/domain/bulk/bulk-action';
import { type BulkItemState, type BulkRunSummary, bulkItemStates } from '@/lib/domain/bulk/bulk-view';
import { driftActionSchema } from '@/lib/domain/drift/drift-run';
import { requirePermission, type ServerContext } from '../context';
import { notFound } from '../errors';

export type BulkRunRow = typeof bulkRuns.$inferSelect;

const actionSchema = z.union([bulkActionSchema, driftActionSchema, z.object({ kind: z.literal('undo') })]);

export function actionOf(run: Pick<BulkRunRow, 'wish'>): BulkRunSummary['action'] {
  return actionSchema.parse(run.wish);
}

/** The run, when the actor may do what it does; throws `forbidden` or `not_found`. */
export async function loadBulkRun(
  context: ServerContext,
  runId: string,
  db: Queryable = context.db,
): Promise<BulkRunRow> {
  requirePermission(context, 'keys.update');
  const [row] = await db.select().from(bulkRuns).where(eq(bulkRuns.id, runId));
  if (!row) throw notFound('bulk change');
  requirePermission(context, bulkPermission(actionOf(row).kind));
  return row;
}

export async function countItems(db: Queryable, runId: string): Promise<Record<BulkItemState, number>> {
  const rows = await db
    .select({ state: bulkItems.state, count: count() })
    .from(bulkItems)
    .where(eq(bulkItems.runId, runId))
    .groupBy(bulkItems.state);
  const found = new Map(rows.map((row) => [row.state, row.count]));
  const counts = { waiting: 0, sent: 0, applied: 0, refused: 0, unknown: 0, skipped: 0, cancelled: 0 };
  for (const state of bulkItemStates) counts[state] = found.get(state) ?? 0;
  return counts;
}

/** A deletion is final unless its wish says otherwise; of drift only what was put back was sent. */
async function countUndoable(db: Queryable, runId: string): Promise<number> {
  const isFinal = sql`(${bulkItems.wish}->>'kind' = 'delete' and coalesce(${bulkItems.wish}->>'isFinal', 'true') = 'true')`;
  const isUnsent = sql`(${bulkItems.wish}->>'kind' = 'drift' and ${bulkItems.wish}->>'decision' <> 'put_back')`;
  const [row] = await db
    .select({ count: count() })
    .from(bulkItems)
    .where(and(eq(bulkItems.runId, runId), eq(bulkItems.state, 'applied'), not(isFinal), not(isUnsent)));
  return row?.count ?? 0;
}

export async function summaryOf(db: Queryable, row: BulkRunRow): Promise<BulkRunSummary> {
  const [person] = await db.select({ name: users.name }).from(users).where(eq(users.id, row.createdBy));
  const counts = await countItems(db, row.id);
  const action = actionOf(row);
  return {
    id: row.id,
    kind: action.kind,
    action,
    state: row.state,
    reason: row.reason,
    createdByName: person?.name ?? '',
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    undoesRunId: row.undoesRunId,
    retriesRunId: row.retriesRunId,
    total: Object.values(counts).reduce((sum, each) => sum + each, 0),
    counts,
    undoable: await countUndoable(db, row.id),
  };
}
