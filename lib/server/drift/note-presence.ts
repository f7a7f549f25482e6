import 'server-only';
import { and, inArray, sql } from 'drizzle-orm';
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

const candidateSchema = z.object({
  id: z.number(),
  kind: z.enum(['created', 'gone']),
  name: z.string(),
  gone_at: z.date().nullable(),
});
type Candidate = z.infer<typeof candidateSchema>;

/** A change that may have taken effect, or may still: on its way, of unknown outcome, or asked about. */
function mayBeOurs({ storedAt }: DriftRead) {
  const late = sql`${new Date(storedAt.getTime() - LATE_MS)}::timestamptz`;
  return sql`(c.state in ('planned', 'sent', 'unknown')
    or (c.state = 'settled_not_applied' and (c.settled_at > ${late} or c.look_at is not null
      or exists (select 1 from incidents n where n.change_id = c.id and n.resolved_at is null))))`;
}

/**
 * Keys that appeared after the first complete read and that no create of Keyward made, and keys that a complete
 * read did not find and no delete of Keyward removed.
 */
async function findCandidates(tx: Transaction, read: DriftRead): Promise<readonly Candidate[]> {
  const { connectionId } = read;
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
    select k.id, 'created' as kind, k.name, k.gone_at from keys k, first_read
    where k.connection_id = ${connectionId} and k.first_seen_at > first_read.at
      and k.first_seen_at is distinct from (select at from first_batch)
      and k.gone_at is null and k.deleted_at is null
      and not exists (select 1 from changes c where c.key_id = k.id and c.kind = 'create_key')
    union all
    select k.id, 'gone', k.name, k.gone_at from keys k
    where k.connection_id = ${connectionId} and k.gone_at is not null and k.deleted_at is null
      and not exists (select 1 from changes c where c.key_id = k.id and c.kind = 'delete_key'
        and ${mayBeOurs(read)})`);
  return z.array(candidateSchema).parse(rows);
}

/** Names of keys that a create of Keyward may have made, or may still make. */
async function findOwnNames(tx: Transaction, read: DriftRead): Promise<ReadonlySet<string>> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select distinct c.wish ->> 'name' as name from changes c
    where c.connection_id = ${read.connectionId} and c.kind = 'create_key' and ${mayBeOurs(read)}`);
  return new Set(rows.map(({ name }) => name));
}

/**
 * A key with the name of a create that was found not to have happened, which nobody looked at since the key is
 * there: it is looked at once more, however late the call landed. A key that was found after the create was planned
 * and of which nobody was asked was not looked at, whatever the clocks say.
 */
async function lookAgain(tx: Transaction, read: DriftRead, created: readonly Candidate[]): Promise<void> {
  if (created.length === 0) return;
  await tx.execute(sql`
    update changes c set look_at = ${read.storedAt}
    from keys k
    where k.id = any(${sql.param(created.map(({ id }) => id))}::int[])
      and c.connection_id = ${read.connectionId} and c.kind = 'create_key' and c.state = 'settled_not_applied'
      and c.look_at is null and c.wish ->> 'name' = k.name
      and (c.checked_at is null or c.checked_at < k.first_seen_at
        or (k.id > (c.wish ->> 'lastKeyId')::int
          and not exists (select 1 from incidents n where n.change_id = c.id and n.kind = 'create_ambiguous')))`);
}

type Listed = Pick<typeof driftItems.$inferSelect, 'kind' | 'decision' | 'decidedAt' | 'foundAt'>;

/** Whether the list tells of it already, or told of the key's making and never of a key to be missed. */
function isListed({ kind, gone_at }: Candidate, items: readonly Listed[]): boolean {
  const wentByItself = (item: Listed) => item.decision === 'resolved_itself';
  if (kind === 'created') return items.some((item) => item.kind === 'created' && !wentByItself(item));
  const goneAt = gone_at ?? new Date(0);
  return items.some((item) => {
    if (item.kind === 'gone') return item.foundAt >= goneAt;
    if (item.kind !== 'created') return false;
    return item.decidedAt === null || (wentByItself(item) && item.decidedAt >= goneAt);
  });
}

/**
 * What is to be listed. A change on its way, or one that may still land late, may be the cause: then the next read
 * asks again. Matched here and not by a join: statistics of a new connection say that it has one key.
 */
async function findStrangers(tx: Transaction, read: DriftRead): Promise<readonly Candidate[]> {
  const candidates = await findCandidates(tx, read);
  if (candidates.length === 0) return [];
  const ids = sql`${sql.param(candidates.map(({ id }) => id))}::int[]`;
  const rows = await tx
    .select({
      keyId: driftItems.keyId,
      kind: driftItems.kind,
      decision: driftItems.decision,
      decidedAt: driftItems.decidedAt,
      foundAt: driftItems.foundAt,
    })
    .from(driftItems)
    .where(and(sql`${driftItems.keyId} = any(${ids})`, inArray(driftItems.kind, ['created', 'gone'])));
  const items = new Map<number, Listed[]>();
  for (const row of rows) {
    const known = items.get(row.keyId);
    if (known) known.push(row);
    else items.set(row.keyId, [row]);
  }
  const unlisted = candidates.filter((candidate) => !isListed(candidate, items.get(candidate.id) ?? []));
  await lookAgain(
    tx,
    read,
    unlisted.filter(({ kind }) => kind === 'created'),
  );
  const names = await findOwnNames(tx, read);
  return unlisted.filter(({ kind, name }) => kind === 'gone' || !names.has(name));
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
