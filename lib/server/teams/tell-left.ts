import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { formatPlural } from '@/lib/utils/format-number';
import type { ServerContext } from '../context';
import { notify, toAdmins } from '../notifications/notify';

type Left = { readonly id: string; readonly name: string; readonly keys: number };
type Row = Record<string, unknown> & Left;

async function tell(tx: Transaction, context: ServerContext, { id, name, keys }: Left, at: Date) {
  await notify(tx, context, {
    topic: 'key.unowned',
    to: await toAdmins(tx),
    title: `${name} left: ${formatPlural(keys, 'key needs', 'keys need')} a new owner`,
    body: 'The keys go on working. Look at when each was last used, then give it to someone.',
    href: '/teams/left',
    dedupeKey: `left:${id}:${at.toISOString()}`,
  });
}

/** Tells admins of the keys whose owner was disabled just now. */
export async function tellOfDisabled(
  tx: Transaction,
  context: ServerContext,
  person: { readonly id: string; readonly name: string },
): Promise<void> {
  const { rows } = await tx.execute<{ keys: number }>(sql`
    select count(*)::int as keys from keys
    where owner_id = ${person.id} and gone_at is null and deleted_at is null`);
  const keys = rows[0]?.keys ?? 0;
  if (keys > 0) await tell(tx, context, { ...person, keys }, context.now());
}

/** Tells admins of the keys of people whom a read at `at` no longer found among the members of an account. */
export async function tellOfGone(
  tx: Transaction,
  context: ServerContext,
  { connectionId, at }: { readonly connectionId: number; readonly at: Date },
): Promise<void> {
  const { rows } = await tx.execute<Row>(sql`
    select m.id::text as id, coalesce(o.name, m.name, m.email, m.external_id) as name, count(*)::int as keys
    from provider_members m
    join keys k on k.connection_id = m.connection_id and k.gone_at is null and k.deleted_at is null
    left join users o on o.id = k.owner_id
    where m.connection_id = ${connectionId} and m.gone_at = ${at}
      and case when o.id is null then m.external_id = k.creator_external_id
        else lower(m.email) = lower(o.email) and not o.is_disabled end
    group by 1, 2`);
  for (const row of rows) await tell(tx, context, { ...row, id: `member:${row.id}` }, at);
}
