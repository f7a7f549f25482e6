import 'server-only';
import { inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '@/lib/db/client';
import { driftItems, keys } from '@/lib/db/schema';
import type { KeyValue } from '@/lib/domain/drift/drift';
import { type KeyDbRow, limitOf } from '../keys/load-key';
import { LATE_MS, loadOwnChanges } from './load-own-changes';
import type { DriftRead } from './note-differences';

function valueOfKey(key: KeyDbRow): KeyValue {
  return {
    name: key.name,
    limit: limitOf(key),
    isDisabled: key.isDisabled,
    createdAt: key.providerCreatedAt?.toISOString() ?? null,
    creator: key.creatorEmail,
  };
}

const foundSchema = z.array(z.object({ id: z.number(), kind: z.enum(['created', 'gone']) }));

/**
 * Keys that appeared after the first complete read and that no create of Keyward made, and keys that a complete
 * read did not find and no delete of Keyward removed. A change on its way, or one that may still land late, may be
 * the cause: then the next read asks again.
 */
async function findStrangers(tx: Transaction, { connectionId, storedAt }: DriftRead) {
  const late = sql`${new Date(storedAt.getTime() - LATE_MS)}::timestamptz`;
  const mayBeOurs = sql`(c.state in ('planned', 'sent', 'unknown')
    or (c.state = 'settled_not_applied' and (c.settled_at > ${late}
      or exists (select 1 from incidents n where n.change_id = c.id and n.resolved_at is null))))`;
  const { rows } = await tx.execute(sql`
    with first_read as (
      select min(finished_at) as at from reads
      where connection_id = ${connectionId} and kind = 'keys' and state = 'complete'
    ),
    -- The keys of the very first read carry one moment. A clock that is set back gives later reads earlier ones.
    first_batch as (
      select k.first_seen_at as at from keys k
      where k.connection_id = ${connectionId}
        and not exists (select 1 from changes c where c.key_id = k.id and c.kind = 'create_key')
        and not exists (select 1 from reads r where r.connection_id = ${connectionId} and r.kind = 'keys'
          and r.state = 'complete' and r.done = 0)
      order by k.id limit 1
    )
    select k.id, 'created' as kind from keys k, first_read
    where k.connection_id = ${connectionId} and k.first_seen_at > first_read.at
      and k.first_seen_at is distinct from (select at from first_batch)
      and k.gone_at is null and k.deleted_at is null
      and not exists (select 1 from changes c where c.key_id = k.id and c.kind = 'create_key')
      and not exists (select 1 from changes c where c.connection_id = ${connectionId} and c.kind = 'create_key'
        and c.wish ->> 'name' = k.name and ${mayBeOurs})
      and not exists (select 1 from drift_items d where d.key_id = k.id and d.kind = 'created'
        and d.decision is distinct from 'resolved_itself')
    union all
    select k.id, 'gone' from keys k
    where k.connection_id = ${connectionId} and k.gone_at is not null and k.deleted_at is null
      and not exists (select 1 from changes c where c.key_id = k.id and c.kind = 'delete_key' and ${mayBeOurs})
      and not exists (select 1 from drift_items d where d.key_id = k.id
        and ((d.kind = 'gone' and d.found_at >= k.gone_at) or (d.kind = 'created' and d.decided_at is null)
          or (d.kind = 'created' and d.decision = 'resolved_itself' and d.decided_at >= k.gone_at)))`);
  return foundSchema.parse(rows);
}

/** What is again as it was, was removed by Keyward, or has nothing left to decide because its key is gone. */
async function resolvePresence(tx: Transaction, { connectionId, storedAt }: DriftRead): Promise<number> {
  const { rows } = await tx.execute(sql`
    update drift_items d set decision = 'resolved_itself', decided_at = ${storedAt}
    from keys k
    where d.connection_id = ${connectionId} and d.decided_at is null and k.id = d.key_id
      and (k.deleted_at is not null or (k.gone_at is null) = (d.kind = 'gone'))
    returning d.id`);
  return rows.length;
}

/** Lists keys made or deleted outside of Keyward. To be called after the mirror was brought to the read. */
export async function notePresence(
  tx: Transaction,
  read: DriftRead,
): Promise<{ readonly found: number; readonly resolved: number }> {
  const strangers = await findStrangers(tx, read);
  const resolved = await resolvePresence(tx, read);
  if (strangers.length === 0) return { found: 0, resolved };
  const ids = strangers.map(({ id }) => id);
  const rows = await tx.select().from(keys).where(inArray(keys.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const gone = strangers.filter(({ kind }) => kind === 'gone').map(({ id }) => id);
  const own = await loadOwnChanges(tx, gone, read.storedAt);
  const items = strangers.flatMap(({ id, kind }): (typeof driftItems.$inferInsert)[] => {
    const row = byId.get(id);
    if (!row) return [];
    const value = valueOfKey(row);
    const about = { connectionId: read.connectionId, keyId: id, kind, foundAt: read.storedAt };
    return kind === 'created'
      ? [{ ...about, lastSeen: null, lastSet: null, found: value }]
      : [{ ...about, lastSeen: value, lastSet: own.lastSetOf(id, 'any'), found: null }];
  });
  const inserted = await tx
    .insert(driftItems)
    .values(items)
    .onConflictDoNothing()
    .returning({ id: driftItems.id });
  return { found: inserted.length, resolved };
}
