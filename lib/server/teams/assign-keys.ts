import 'server-only';
import type { AssignKeysInput } from '@/lib/domain/teams/team-input';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { giveKeys } from './give-keys';

/** Gives keys a team, an owner or both, as `giveKeys` does. */
export async function assignKeys(
  context: ServerContext,
  input: AssignKeysInput,
): Promise<{ assigned: number }> {
  requirePermission(context, 'keys.assign');
  return { assigned: await withTransaction(context, (tx) => giveKeys(tx, context, input)) };
}
