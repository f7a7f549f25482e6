import 'server-only';
import { and, desc, eq } from 'drizzle-orm';
import { changes, connections, keys } from '@/lib/db/schema';
import { capabilitiesOf } from '@/lib/providers/registry';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { updateKeyExpiry } from '../keys/update-key-expiry';
import { loadExecutor, reasonOf } from './execute-request';
import type { LoadedRequest } from './request-row';

const UNSETTLED = 'Expiry: it is not certain that it was set. Look at the key’s page.';

/**
 * Where a provider takes an expiry only after the creation, a process may have died in between: sets it, unless the
 * ledger tells that this was tried. Answers what of the wish did not take effect, in words for people.
 */
export async function completeNewKey(
  context: ServerContext,
  loaded: LoadedRequest,
  keyId: number | null,
): Promise<readonly string[]> {
  const { id, wish } = loaded.request;
  if (wish.kind !== 'new_key' || wish.expiresAt === null || keyId === null) return [];
  const [found] = await context.db
    .select({ expiresAt: keys.expiresAt, provider: connections.provider, generation: connections.generation })
    .from(keys)
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .where(eq(keys.id, keyId));
  if (!found || found.expiresAt !== null) return [];
  if (capabilitiesOf(found.provider, found.generation).expiryAtCreation.can) return [];
  const [tried] = await context.db
    .select({ state: changes.state })
    .from(changes)
    .where(and(eq(changes.parentId, id), eq(changes.kind, 'set_expiry')))
    .orderBy(desc(changes.plannedAt))
    .limit(1);
  if (tried) return [UNSETTLED];
  try {
    const acting = { ...context, actor: await loadExecutor(context, id) };
    const input = { keyId, expiresAt: wish.expiresAt, reason: reasonOf(loaded) };
    await updateKeyExpiry(acting, input, { parentId: id });
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [`Expiry: ${error.message}`];
  }
}
