import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { arrayLiteral } from '@/lib/db/array-literal';
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

export type ReplacedFacts = {
  readonly changedDays: readonly UtcDay[];
  /** Whether a key's month may have lost its last fact. */
  readonly hasRemovals: boolean;
};

/**
 * What is to be done, one row a fact that is not as it stands: facts are compared by one pass over those of the
 * days. A full join is never planned row by row, whatever the statistics of a new connection say.
 */
function differingFacts({ connectionId, days, askedKeyIds, facts, source }: FactsReplacement): SQL {
  const earlier = sql.raw(COUNTER_NAMES.map((name) => `f.${name} as was_${name}`).join(', '));
  return sql`
    select coalesce(o.day, f.day) as day, coalesce(o.key_id, f.key_id) as key_id, o.model_id, o.team_id,
      ${countersOf('o')}, f.place, f.team_id as was_team_id, ${earlier},
      case when f.place is null then 'new' when o.key_id is null then 'removed'
        when o.team_id <> f.team_id then 'moved' else 'changed' end as kind
    from (${facts}) o
    full join (
      select f.ctid as place, f.* from usage_facts f
      where f.connection_id = ${connectionId} and ${isAmongDays('f', days)}
    ) f on f.day = o.day and f.key_id = o.key_id and f.model_id = o.model_id
    where case when o.key_id is null then f.key_id = any(${arrayLiteral(askedKeyIds)}::int[])
      else f.place is null or row(f.team_id, f.source, ${countersOf('f')})
        is distinct from row(o.team_id, ${source}::text, ${countersOf('o')}) end`;
}

/** What the facts of a key and team gain and lose. */
function differences(): SQL {
  const gained = COUNTER_NAMES.map(
    (name) => `case kind when 'changed' then ${name} - was_${name} else ${name} end`,
  );
  const lost = COUNTER_NAMES.map((name) => `-was_${name}`);
  return sql.raw(`
    select day, key_id, team_id, ${gained.map((value, at) => `${value} as ${COUNTER_NAMES[at]}`).join(', ')}
    from differing where kind <> 'removed'
    union all select day, key_id, was_team_id, ${lost.join(', ')} from differing where kind in ('removed', 'moved')`);
}

/**
 * Puts the facts of some days in the place of the earlier ones in one statement, leaving unchanged rows
 * unwritten, and adds the differences to the months of the keys. The caller holds the connection's row lock:
 * the differences are taken from the rows that this statement saw.
 */
export async function replaceFacts(tx: Transaction, input: FactsReplacement): Promise<ReplacedFacts> {
  const { connectionId, source, readAt } = input;
  // Each month looks its row up by index (`offset 0` keeps it so): statistics of a new connection say that it has
  // one row, and a join planned for one compares every row with every other.
  const { rows } = await tx.execute<{ day: UtcDay; removals: boolean }>(sql`
    with differing as materialized (${differingFacts(input)}),
    removed as (
      delete from usage_facts f using differing d where d.kind = 'removed' and f.ctid = d.place
    ),
    changed as (
      update usage_facts f
      set team_id = d.team_id, source = ${source}, fetched_at = ${readAt}, (${COUNTERS}) = row(${countersOf('d')})
      from differing d where d.kind in ('changed', 'moved') and f.ctid = d.place
    ),
    added as (
      insert into usage_facts (connection_id, day, key_id, model_id, team_id, ${COUNTERS}, source, fetched_at)
      select ${connectionId}::int, d.day, d.key_id, d.model_id, d.team_id, ${countersOf('d')}, ${source}::text,
        ${readAt}::timestamptz
      from differing d where d.kind = 'new'
    ),
    months as materialized (
      select s.*, m.place from (
        select date_trunc('month', day::timestamp)::date as month, key_id, team_id,
          ${countersOf('d', (name) => `sum(${name}) as ${name.slice(2)}`)}
        from (${differences()}) d group by 1, 2, 3
      ) s left join lateral (
        select m.ctid as place from usage_by_key_month m
        where m.month = s.month and m.connection_id = ${connectionId} and m.key_id = s.key_id and m.team_id = s.team_id
        offset 0
      ) m on true
    ),
    changed_months as (
      update usage_by_key_month m
      set (${COUNTERS}) = row(${sql.raw(COUNTER_NAMES.map((name) => `m.${name} + s.${name}`).join(', '))})
      from months s where m.ctid = s.place
    ),
    added_months as (
      insert into usage_by_key_month (month, connection_id, key_id, team_id, ${COUNTERS})
      select s.month, ${connectionId}::int, s.key_id, s.team_id, ${countersOf('s')} from months s
      where s.place is null
    )
    select day, bool_or(kind in ('removed', 'moved')) as removals from differing group by day`);
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
