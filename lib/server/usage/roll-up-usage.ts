import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { COUNTERS, countersOf, isAmongDays } from './replace-facts';

type RollUp = {
  readonly table: 'usage_by_day' | 'usage_by_dimension';
  readonly keyColumns: readonly string[];
  readonly fresh: SQL;
  readonly connectionId: number;
  readonly days: readonly UtcDay[];
};

/** Brings some days of a roll-up to what `fresh` says; rows that stay equal are not written. */
async function refresh(tx: Transaction, rollUp: RollUp): Promise<void> {
  const { connectionId, keyColumns } = rollUp;
  const table = sql.raw(rollUp.table);
  const columnsOf = (alias: string) => sql.raw(keyColumns.map((column) => `${alias}.${column}`).join(', '));
  const same = sql.raw(keyColumns.map((column) => `r.${column} = n.${column}`).join(' and '));
  // Looked up row by row and by index, whatever the statistics say: see `replaceFacts`.
  await tx.execute(sql`
    with n as materialized (${rollUp.fresh}),
    matched as materialized (
      select n.*, r.place,
        r.place is not null and row(${countersOf('r')}) is distinct from row(${countersOf('n')}) as differs
      from n left join lateral (
        select r.ctid as place, r.* from ${table} r where r.connection_id = ${connectionId} and ${same} offset 0
      ) r on true
    ),
    removed as (
      delete from ${table} r where r.connection_id = ${connectionId} and ${isAmongDays('r', rollUp.days)}
        and (${columnsOf('r')}) not in (select ${columnsOf('n')} from n)
    ),
    changed as (
      update ${table} r set (${COUNTERS}) = row(${countersOf('m')})
      from matched m where m.differs and r.ctid = m.place
    )
    insert into ${table} (connection_id, ${sql.raw(keyColumns.join(', '))}, ${COUNTERS})
    select ${connectionId}::int, ${columnsOf('m')}, ${countersOf('m')} from matched m where m.place is null`);
}

/** Recomputes both daily roll-ups of a connection for some days, in the transaction that changed their facts. */
export async function rollUpUsage(
  tx: Transaction,
  connectionId: number,
  days: readonly UtcDay[],
): Promise<void> {
  const sums = (alias: string) =>
    countersOf(alias, (name) => `sum(${name})::numeric as ${name.split('.')[1]}`);
  await refresh(tx, {
    table: 'usage_by_day',
    keyColumns: ['day', 'team_id', 'model_id'],
    fresh: sql`
      select f.day, f.team_id, f.model_id, ${sums('f')} from usage_facts f
      where f.connection_id = ${connectionId} and ${isAmongDays('f', days)} group by 1, 2, 3`,
    connectionId,
    days,
  });
  const dimensions = sql.raw("(values ('connection'), ('team'), ('model')) as dimensions (dimension)");
  await refresh(tx, {
    table: 'usage_by_dimension',
    keyColumns: ['dimension', 'day', 'member_id'],
    fresh: sql`
      select dimension, u.day,
        case dimension when 'connection' then u.connection_id when 'team' then u.team_id else u.model_id end
          as member_id,
        ${sums('u')}
      from usage_by_day u cross join ${dimensions}
      where u.connection_id = ${connectionId} and ${isAmongDays('u', days)} group by 1, 2, 3`,
    connectionId,
    days,
  });
}
