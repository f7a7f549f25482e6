import 'server-only';
import { users } from '@/lib/db/schema';
import { isSameLimit } from '@/lib/domain/limits/limit';
import type { KeyRaises, RaiseView } from '@/lib/domain/raises/raise-view';
import type { ServerContext } from '../context';
import { limitOf, loadKey } from '../keys/load-key';
import { limitUnder, listOpenRaises, type RaiseRow } from './raise-row';

function viewOf(row: RaiseRow, names: ReadonlyMap<string, string>): RaiseView {
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return {
    id: row.id,
    state: row.state,
    base: row.baseLimit,
    raised: row.raisedLimit,
    reason: row.reason,
    startedByName: nameOf(row.startedBy),
    requestId: row.requestId,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    failure: row.failure,
    attempts: row.attempts,
  };
}

/** The raises of a key that are not over, and whether its limit is what they hold. */
export async function getKeyRaises(
  context: ServerContext,
  input: { readonly keyId: number },
): Promise<KeyRaises> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  const open = await listOpenRaises(context.db, key.id);
  if (open.length === 0) return { open: [], held: null, foundInstead: null };
  const people = await context.db.select({ id: users.id, name: users.name }).from(users);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const held = limitUnder(open.filter(({ state }) => state === 'active'));
  const limit = limitOf(key);
  return {
    open: [...open].sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime()).map((row) => viewOf(row, names)),
    held,
    foundInstead: held === null || isSameLimit(held, limit) ? null : limit,
  };
}
