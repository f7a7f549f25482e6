import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { firstOfMonth, type UtcDay } from '@/lib/domain/periods/utc-day';
import { COUNTERS, countersOf } from './replace-facts';
import { rollUpUsage } from './roll-up-usage';

export type Reattribution = {
  readonly keyIds: readonly number[];
  /** The team that the spend belongs to; 0 for none. */
  readonly teamId: number;
  /** From this day on; null for all that is known. */
  readonly from: UtcDay | null;
};

type Moved = { readonly connection_id: number; readonly days: readonly UtcDay[] };

/** Books the spend of keys under another team, and brings every roll-up along. */
export async function reattributeUsage(tx: Transaction, input: Reattribution): Promise<void> {
  if (input.keyIds.length === 0) return;
  const ids = sql`${sql.param(input.keyIds)}::int[]`;
  // The same locks as the storing of usage takes, in one order.
  await tx.execute(sql`
    select id from connections where id in (select connection_id from keys where id = any(${ids}))
    order by id for no key update`);
  const { rows } = await tx.execute<Moved>(sql`
    with moved as (
      update usage_facts f set team_id = ${input.teamId}
      where f.key_id = any(${ids}) and f.team_id <> ${input.teamId}
        and (${input.from}::date is null or f.day >= ${input.from}::date)
      returning f.connection_id, f.day
    )
    select connection_id, array_agg(distinct day::text) as days from moved group by connection_id`);
  if (rows.length === 0) return;
  const month = input.from === null ? null : firstOfMonth(input.from);
  await tx.execute(sql`
    delete from usage_by_key_month
    where key_id = any(${ids}) and (${month}::date is null or month >= ${month}::date)`);
  await tx.execute(sql`
    insert into usage_by_key_month (month, connection_id, key_id, team_id, ${COUNTERS})
    select date_trunc('month', f.day::timestamp)::date, f.connection_id, f.key_id, f.team_id,
      ${countersOf('f', (name) => `sum(${name})`)}
    from usage_facts f
    where f.key_id = any(${ids}) and (${month}::date is null or f.day >= ${month}::date)
    group by 1, 2, 3, 4`);
  for (const { connection_id, days } of rows) await rollUpUsage(tx, connection_id, days);
}
