import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageSource } from '@/lib/domain/usage/usage-fact';

/** The counters of facts and roll-ups, in the order in which every statement here names them. */
const COUNTER_NAMES = [
  'requests',
  'prompt_tokens',
  'completion_tokens',
  'reasoning_tokens',
  'spend',
  'byok_spend',
] as const;
export const COUNTERS = sql.raw(COUNTER_NAMES.join(', '));

/** The counters of one relation, as a comma list. */
export function countersOf(alias: string, wrap: (column: string) => string = (column) => column): SQL {
  return sql.raw(COUNTER_NAMES.map((name) => wrap(`${alias}.${name}`)).join(', '));
}

/** Rows of these days. The range lets an index begin and end there, which a list of days alone does not always. */
export function isAmongDays(alias: string, days: readonly UtcDay[]): SQL {
  const sorted = [...days].sort();
  const day = sql.raw(`${alias}.day`);
  return sql`${day} between ${sorted[0]}::date and ${sorted.at(-1)}::date and ${day} = any(${sql.param(sorted)}::date[])`;
}

export type FactsReplacement = {
  readonly connectionId: number;
  readonly days: readonly UtcDay[];
  /** Keys that the answer speaks for: their facts of these days that it no longer tells are removed. */
  readonly askedKeyIds: readonly number[];
  /** A relation of facts with their teams. */
  readonly facts: SQL;
  readonly source: UsageSource;
  readonly readAt: Date;
};

export type ReplacedFacts = { readonly changedDays: readonly UtcDay[]; readonly hasRemovals: boolean };

/**
 * Puts the facts of some days in the place of the earlier ones in one statement, leaving unchanged rows
 * unwritten, and adds the differences to the months of the keys. The caller holds the connection's row lock:
 * the differences are taken from the rows that this statement saw.
 */
export async function replaceFacts(tx: Transaction, input: FactsReplacement): Promise<ReplacedFacts> {
  const { connectionId, source } = input;
  const differs = sql`row(f.team_id, f.source, ${countersOf('f')})
    is distinct from row(o.team_id, ${source}::text, ${countersOf('o')})`;
  const earlierCounters = sql.raw(COUNTER_NAMES.map((name) => `f.${name} as was_${name}`).join(', '));
  const takenAway = sql.raw(COUNTER_NAMES.map((name) => `-was_${name}`).join(', '));
  // Each fact looks its earlier one up by index (`offset 0` keeps it so): statistics of a new connection say that
  // it has one row, and a join planned for one compares every row with every other.
  const { rows } = await tx.execute<{ day: UtcDay; removals: boolean }>(sql`
    with o as materialized (${input.facts}),
    matched as materialized (
      select o.*, f.place, f.team_id as was_team_id, ${earlierCounters}, f.place is not null and ${differs} as differs
      from o left join lateral (
        select f.ctid as place, f.* from usage_facts f
        where f.connection_id = ${connectionId} and f.day = o.day and f.key_id = o.key_id and f.model_id = o.model_id
        offset 0
      ) f on true
    ),
    removed as (
      delete from usage_facts f
      where f.connection_id = ${connectionId} and ${isAmongDays('f', input.days)}
        and f.key_id = any(${sql.param(input.askedKeyIds)}::int[])
        and (f.day, f.key_id, f.model_id) not in (select day, key_id, model_id from o)
      returning f.*
    ),
    changed as (
      update usage_facts f
      set team_id = m.team_id, source = ${source}, fetched_at = ${input.readAt},
        (${COUNTERS}) = row(${countersOf('m')})
      from matched m where m.differs and f.ctid = m.place
    ),
    added as (
      insert into usage_facts (connection_id, day, key_id, model_id, team_id, ${COUNTERS}, source, fetched_at)
      select ${connectionId}::int, m.day, m.key_id, m.model_id, m.team_id, ${countersOf('m')}, ${source}::text,
        ${input.readAt}::timestamptz
      from matched m where m.place is null
    ),
    difference as (
      select day, key_id, team_id, ${COUNTERS}, false as is_removal from matched where place is null or differs
      union all select day, key_id, was_team_id, ${takenAway}, true from matched where differs
      union all select day, key_id, team_id, ${countersOf('removed', (name) => `-${name}`)}, true from removed
    ),
    months as (
      insert into usage_by_key_month as m (month, connection_id, key_id, team_id, ${COUNTERS})
      select date_trunc('month', day::timestamp)::date, ${connectionId}::int, key_id, team_id,
        ${countersOf('d', (name) => `sum(${name})`)}
      from difference d group by 1, 3, 4
      on conflict (month, connection_id, key_id, team_id) do update set (${COUNTERS}) = row(
        ${sql.raw(COUNTER_NAMES.map((name) => `m.${name} + excluded.${name}`).join(', '))})
    )
    select day, bool_or(is_removal) as removals from difference group by day`);
  return { changedDays: rows.map((row) => row.day), hasRemovals: rows.some((row) => row.removals) };
}

/** Months of keys from which every fact went away. */
export async function deleteEmptyMonths(
  tx: Transaction,
  connectionId: number,
  days: readonly UtcDay[],
): Promise<void> {
  await tx.execute(sql`
    delete from usage_by_key_month m
    where m.connection_id = ${connectionId}
      and m.month in (
        select date_trunc('month', day::timestamp)::date from unnest(${sql.param(days)}::date[]) as touched (day)
      )
      and row(${countersOf('m')}) = row(0, 0, 0, 0, 0, 0)
      and not exists (
        select 1 from usage_facts f
        where f.connection_id = m.connection_id and f.key_id = m.key_id and f.team_id = m.team_id
          and f.day >= m.month and f.day < m.month + interval '1 month'
      )`);
}
