import 'server-only';
import type { StartDriftRunInput } from '@/lib/domain/drift/drift-input';
import type { DriftAction } from '@/lib/domain/drift/drift-run';
import { insertBulkRun } from '../bulk/insert-bulk-run';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { requireIgnorable } from './decide-drift';
import { planDriftItems } from './plan-drift-items';

/**
 * Starts the same decision on many differences as a bulk change, which goes on when nobody looks. Each is decided
 * exactly as it was shown or not at all; throws `stale` when none of them is any more.
 */
export async function startDriftRun(
  context: ServerContext,
  input: StartDriftRunInput,
): Promise<{ readonly runId: string }> {
  requirePermission(context, 'keys.update');
  const person = requireUser(context);
  const { decision, until, reason } = input;
  if (until !== null) requireIgnorable(context, new Date(until));
  const action: DriftAction = { kind: 'drift', decision, until };
  const items = await planDriftItems(context, action, input.items);
  if (items.every(({ wish }) => wish === null)) {
    throw new AppError('stale', items[0]?.message ?? 'There is nothing to decide any more.');
  }
  return withTransaction(context, (tx) => insertBulkRun(tx, context, person, { action, reason, items }));
}
