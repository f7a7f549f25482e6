import 'server-only';
import { and, eq } from 'drizzle-orm';
import { bulkItems, bulkRuns } from '@/lib/db/schema';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { type BulkRunRow, loadBulkRun } from './load-bulk-run';

type RunInput = { readonly runId: string };

type Steering = {
  readonly action: 'pause' | 'resume' | 'cancel';
  readonly from: readonly BulkRunRow['state'][];
  readonly to: BulkRunRow['state'];
  readonly refusal: string;
};

async function steer(context: ServerContext, { runId }: RunInput, steering: Steering): Promise<void> {
  await loadBulkRun(context, runId);
  await withTransaction(context, async (tx) => {
    const [row] = await tx.select().from(bulkRuns).where(eq(bulkRuns.id, runId)).for('update');
    if (!row || !steering.from.includes(row.state)) throw new AppError('conflict', steering.refusal);
    const isCancel = steering.action === 'cancel';
    const at = context.now();
    await tx
      .update(bulkRuns)
      .set({ state: steering.to, finishedAt: isCancel ? at : null })
      .where(eq(bulkRuns.id, runId));
    if (isCancel) {
      await tx
        .update(bulkItems)
        .set({ state: 'cancelled', message: 'Cancelled before it was its turn.', finishedAt: at })
        .where(and(eq(bulkItems.runId, runId), eq(bulkItems.state, 'waiting')));
    }
    await appendAudit(tx, context, {
      action: `bulk.${steering.action}`,
      subjectKind: 'bulk_run',
      subjectId: runId,
      before: { state: row.state },
      after: { state: steering.to },
      outcome: 'done',
    });
  });
}

/** What has begun is finished; nothing else begins until it is resumed. Throws `conflict` unless it runs. */
export function pauseBulkRun(context: ServerContext, input: RunInput): Promise<void> {
  return steer(context, input, {
    action: 'pause',
    from: ['running'],
    to: 'paused',
    refusal: 'It does not run any more.',
  });
}

export function resumeBulkRun(context: ServerContext, input: RunInput): Promise<void> {
  return steer(context, input, {
    action: 'resume',
    from: ['paused'],
    to: 'running',
    refusal: 'It is not paused.',
  });
}

/** What has begun is finished; what waits is left as it is. Throws `conflict` when it is over. */
export function cancelBulkRun(context: ServerContext, input: RunInput): Promise<void> {
  return steer(context, input, {
    action: 'cancel',
    from: ['running', 'paused'],
    to: 'cancelled',
    refusal: 'It is over already.',
  });
}
