import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { connections } from '@/lib/db/schema';
import type { Usd } from '@/lib/domain/money/usd';
import type { ProviderContainer, ProviderMember } from '@/lib/providers/port';

type Told = { readonly connectionId: number; readonly isComplete: boolean; readonly at: Date };

/** Brings the workspaces or groups to what a read told; those that a complete read did not find are gone. */
export async function storeContainers(
  tx: Transaction,
  containers: readonly ProviderContainer[],
  { connectionId, isComplete, at }: Told,
): Promise<void> {
  const column = <T>(read: (container: ProviderContainer) => T) => sql.param(containers.map(read));
  const told = sql`
    select distinct on (external_id) * from unnest(
      ${column((container) => container.externalId)}::text[], ${column((container) => container.kind)}::text[],
      ${column((container) => container.name)}::text[], ${column((container) => container.isDefault)}::boolean[]
    ) as told (external_id, kind, name, is_default)`;
  await tx.execute(sql`
    update containers c
    set kind = i.kind, name = i.name, is_default = i.is_default, last_seen_at = ${at}, gone_at = null
    from (${told}) i
    where c.connection_id = ${connectionId} and c.external_id = i.external_id
      and (c.gone_at is not null or row(c.kind, c.name, c.is_default) is distinct from row(i.kind, i.name, i.is_default))`);
  await tx.execute(sql`
    insert into containers (connection_id, external_id, kind, name, is_default, last_seen_at)
    select ${connectionId}::int, i.external_id, i.kind, i.name, i.is_default, ${at}::timestamptz from (${told}) i
    where not exists (
      select 1 from containers c where c.connection_id = ${connectionId} and c.external_id = i.external_id
    )`);
  if (!isComplete) return;
  await tx.execute(sql`
    update containers c set gone_at = ${at}
    where c.connection_id = ${connectionId} and c.gone_at is null
      and not exists (select 1 from (${told}) i where i.external_id = c.external_id)`);
}

/** Brings the people of the account to what a whole list of them told. */
export async function storeMembers(
  tx: Transaction,
  members: readonly ProviderMember[],
  { connectionId, at }: Omit<Told, 'isComplete'>,
): Promise<void> {
  const column = <T>(read: (member: ProviderMember) => T) => sql.param(members.map(read));
  const told = sql`
    select distinct on (external_id) * from unnest(
      ${column((member) => member.externalId)}::text[], ${column((member) => member.email)}::text[],
      ${column((member) => member.name)}::text[], ${column((member) => member.role)}::text[]
    ) as told (external_id, email, name, role)`;
  await tx.execute(sql`
    update provider_members m
    set email = i.email, name = i.name, role = i.role, last_seen_at = ${at}, gone_at = null
    from (${told}) i where m.connection_id = ${connectionId} and m.external_id = i.external_id`);
  await tx.execute(sql`
    insert into provider_members (connection_id, external_id, email, name, role, last_seen_at)
    select ${connectionId}::int, i.external_id, i.email, i.name, i.role, ${at}::timestamptz from (${told}) i
    where not exists (
      select 1 from provider_members m where m.connection_id = ${connectionId} and m.external_id = i.external_id
    )`);
  await tx.execute(sql`
    update provider_members m set gone_at = ${at}
    where m.connection_id = ${connectionId} and m.gone_at is null
      and not exists (select 1 from (${told}) i where i.external_id = m.external_id)`);
}

export async function storeBalance(
  db: Queryable,
  connectionId: number,
  balance: Usd,
  balanceAt: Date,
): Promise<void> {
  await db.update(connections).set({ balance, balanceAt }).where(eq(connections.id, connectionId));
}

/** Unless the management key was replaced while it was asked for: then that one's own id stands already. */
export async function storeOwnKey(
  db: Queryable,
  connectionId: number,
  ownKeyExternalId: string,
): Promise<void> {
  await db
    .update(connections)
    .set({ ownKeyExternalId })
    .where(and(eq(connections.id, connectionId), isNull(connections.ownKeyExternalId)));
}
