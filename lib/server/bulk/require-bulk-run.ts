import 'server-only';
import { getBulkRunSchema } from '@/lib/domain/bulk/bulk-action';
import { requirePermission, type ServerContext } from '../context';
import { notFound } from '../errors';
import { loadBulkRun } from './load-bulk-run';

/** Throws `not_found` unless the address part names a bulk change that the actor may look at. */
export async function requireBulkRun(context: ServerContext, runId: string): Promise<void> {
  requirePermission(context, 'keys.update');
  const input = getBulkRunSchema.safeParse({ runId });
  if (!input.success) throw notFound('bulk change');
  await loadBulkRun(context, input.data.runId);
}
