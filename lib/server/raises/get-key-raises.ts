import 'server-only';
import { desc, eq } from 'drizzle-orm';
import { raises, users } from '@/lib/db/schema';
import { isSameLimit } from '@/lib/domain/limits/limit';
import type { KeyRaises, RaiseView } from '@/lib/domain/raises/raise-view';
import type { ServerContext } from '../context';
import { limitOf, loadKey } from '../keys/load-key';
import { limitUnder, type RaiseRow, toRaiseRow } from './raise-row';

const MOST_SHOWN = 50;
const PAST_SHOWN = 5;

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
    endedAt: row.endedAt?.toISOString() ?? null,
    endedByName: nameOf(row.endedBy),
    failure: row.failure,
    attempts: row.attempts,
  };
}

/** The raises of a key: those that hold, and those that are over lately. */
export async function getKeyRaises(
  context: ServerContext,
  input: { readonly keyId: number },
): Promise<KeyRaises> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  const stored = await context.db
    .select()
    .from(raises)
    .where(eq(raises.keyId, key.id))
    .orderBy(desc(raises.startsAt))
    .limit(MOST_SHOWN);
  if (stored.length === 0) return { open: [], past: [], held: null, foundInstead: null };
  const rows = stored.map(toRaiseRow);
  const people = await context.db.select({ id: users.id, name: users.name }).from(users);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const open = rows.filter(({ endedAt }) => endedAt === null);
  const past = rows.filter(({ endedAt }) => endedAt !== null).slice(0, PAST_SHOWN);
  const held = limitUnder(open.filter(({ state }) => state === 'active'));
  const limit = limitOf(key);
  return {
    open: open.sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime()).map((row) => viewOf(row, names)),
    past: past.map((row) => viewOf(row, names)),
    held,
    foundInstead: held === null || isSameLimit(held, limit) ? null : limit,
  };
}
