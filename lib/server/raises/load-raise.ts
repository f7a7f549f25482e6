import 'server-only';
import { requirePermission, type ServerContext } from '../context';
import { AppError, notFound } from '../errors';
import { type LoadedKey, loadKey } from '../keys/load-key';
import { findRaise, type RaiseRow } from './raise-row';

/** A raise that is not over, with its key within reach. Throws `not_found`, and `conflict` when it is over. */
export async function loadOpenRaise(
  context: ServerContext,
  raiseId: string,
): Promise<{ readonly raise: RaiseRow; readonly loaded: LoadedKey }> {
  requirePermission(context, 'keys.update');
  const raise = await findRaise(context.db, raiseId);
  if (!raise) throw notFound('raise');
  const loaded = await loadKey(context, 'keys.update', raise.keyId);
  if (raise.endedAt || raise.state !== 'active') {
    throw new AppError('conflict', raise.endedAt ? 'This raise is over.' : 'This raise is still on its way.');
  }
  return { raise, loaded };
}
