import 'server-only';
import { and, asc, desc, eq } from 'drizzle-orm';
import { bulkItems, bulkRuns, connections, keys } from '@/lib/db/schema';
import type { GetBulkRunInput } from '@/lib/domain/bulk/bulk-action';
import { bulkBeforeSchema, bulkWishSchema } from '@/lib/domain/bulk/bulk-item';
import {
  type BulkItemView,
  type BulkRunSummary,
  type BulkRunView,
  bulkChoices,
} from '@/lib/domain/bulk/bulk-view';
import { requirePermission, type ServerContext } from '../context';
import { loadBulkRun, summaryOf } from './load-bulk-run';

const ROWS_A_PAGE = 100;
const LISTED_RUNS = 50;

async function loadRows(context: ServerContext, input: GetBulkRunInput): Promise<readonly BulkItemView[]> {
  const rows = await context.db
    .select({ item: bulkItems, keyName: keys.name, connectionName: connections.name })
    .from(bulkItems)
    .innerJoin(keys, eq(keys.id, bulkItems.keyId))
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .where(and(eq(bulkItems.runId, input.runId), input.state ? eq(bulkItems.state, input.state) : undefined))
    .orderBy(asc(bulkItems.position))
    .limit(ROWS_A_PAGE)
    .offset((input.page - 1) * ROWS_A_PAGE);
  return rows.map(({ item, keyName, connectionName }) => ({
    position: item.position,
    keyId: item.keyId,
    keyName,
    connectionName,
    before: bulkBeforeSchema.parse(item.before),
    wish: item.state === 'skipped' ? null : bulkWishSchema.parse(item.wish),
    state: item.state,
    message: item.message,
    changeId: item.changeId,
    finishedAt: item.finishedAt?.toISOString() ?? null,
  }));
}

/** A run with its counts and one page of its keys, of one state when asked so. */
export async function getBulkRun(context: ServerContext, input: GetBulkRunInput): Promise<BulkRunView> {
  const summary = await summaryOf(context.db, await loadBulkRun(context, input.runId));
  const matching = input.state ? summary.counts[input.state] : summary.total;
  return {
    ...summary,
    ...bulkChoices(summary),
    rows: await loadRows(context, input),
    page: input.page,
    pages: Math.max(1, Math.ceil(matching / ROWS_A_PAGE)),
  };
}

/** The latest runs, newest first. */
export async function listBulkRuns(context: ServerContext): Promise<readonly BulkRunSummary[]> {
  requirePermission(context, 'keys.update');
  const rows = await context.db.select().from(bulkRuns).orderBy(desc(bulkRuns.createdAt)).limit(LISTED_RUNS);
  const summaries: BulkRunSummary[] = [];
  for (const row of rows) summaries.push(await summaryOf(context.db, row));
  return summaries;
}
