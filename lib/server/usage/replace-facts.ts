import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageSource } from '@/lib/domain/usage/usage-fact';

/** The counters of facts and roll-ups, in the order in which every statement here names them. */
export const COUNTERS = sql.raw(
  'requests, prompt_tokens, completion_tokens, reasoning_tokens, spend, byok_spend',
);

/** The counters of one relation, as a comma list. */
export function countersOf(alias: string, wrap: (column: string) => string = (column) => column): SQL {
  const names = ['requests', 'prompt_tokens', 'completion_tokens', 'reasoning_tokens', 'spend', 'byok_spend'];
  return sql.raw(names.map((name) => wrap(`${alias}.${name}`)).join(', '));
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

const SAME_FACT = sql.raw('f.day = o.day and f.key_id = o.key_id and f.model_id = o.model_id');

/**
 * Puts the facts of some days in the place of the earlier ones in one statement, leaving unchanged rows
 * unwritten, and adds the differences to the months of the keys. The caller holds the connection's row lock:
 * the differences are taken from the rows that this statement saw.
 */
export async function replaceFacts(tx: Transaction, input: FactsReplacement): Promise<ReplacedFacts> {
  const { connectionId, source } = input;
  const inDays = sql`f.connection_id = ${connectionId} and f.day = any(${sql.param(input.days)}::date[])`;
  const differs = sql`row(f.team_id, f.source, ${countersOf('f')})
    is distinct from row(o.team_id, ${source}::text, ${countersOf('o')})`;
  const { rows } = await tx.execute<{ day: UtcDay; removals: boolean }>(sql`
    with o as materialized (${input.facts}),
    removed as (
      delete from usage_facts f
      where ${inDays}
        and f.key_id = any(${sql.param(input.askedKeyIds)}::int[])
        and not exists (select 1 from o where ${SAME_FACT})
      returning f.*
    ),
    earlier as materialized (
      select f.* from usage_facts f join o on ${SAME_FACT}
      where ${inDays} and ${differs}
    ),
    changed as (
      update usage_facts f
      set team_id = o.team_id, source = ${source}, fetched_at = ${input.readAt},
        (${COUNTERS}) = row(${countersOf('o')})
      from o where ${inDays} and ${SAME_FACT} and ${differs}
      returning f.*
    ),
    added as (
      insert into usage_facts (connection_id, day, key_id, model_id, team_id, ${COUNTERS}, source, fetched_at)
      select ${connectionId}::int, o.day, o.key_id, o.model_id, o.team_id, ${countersOf('o')}, ${source}::text,
        ${input.readAt}::timestamptz
      from o where not exists (
        select 1 from usage_facts f where ${inDays} and ${SAME_FACT}
      )
      returning *
    ),
    difference as (
      select day, key_id, team_id, ${COUNTERS}, false as is_removal from changed
      union all select day, key_id, team_id, ${COUNTERS}, false from added
      union all select day, key_id, team_id, ${countersOf('removed', (name) => `-${name}`)}, true from removed
      union all select day, key_id, team_id, ${countersOf('earlier', (name) => `-${name}`)}, true from earlier
    ),
    months as (
      insert into usage_by_key_month as m (month, connection_id, key_id, team_id, ${COUNTERS})
      select date_trunc('month', day::timestamp)::date, ${connectionId}::int, key_id, team_id,
        ${countersOf('d', (name) => `sum(${name})`)}
      from difference d group by 1, 3, 4
      on conflict (month, connection_id, key_id, team_id) do update set (${COUNTERS}) = row(
        ${sql.raw(
          ['requests', 'prompt_tokens', 'completion_tokens', 'reasoning_tokens', 'spend', 'byok_spend']
            .map((name) => `m.${name} + excluded.${name}`)
            .join(', '),
        )})
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
