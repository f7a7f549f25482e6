import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { COUNTERS, countersOf } from './replace-facts';
import { rollUpUsage } from './roll-up-usage';

export type Reattribution = {
  readonly keyIds: readonly number[];
  readonly teamId: number;
  /** The first day that counts for the team; null for all of the past. */
  readonly from: UtcDay | null;
};

type Moved = { connection_id: number; day: UtcDay };

/** Books the facts of some keys to a team, and brings every roll-up along in the same transaction. */
export async function reattributeUsage(
  tx: Transaction,
  { keyIds, teamId, from }: Reattribution,
): Promise<void> {
  if (keyIds.length === 0) return;
  const { rows } = await tx.execute<Moved>(sql`
    with earlier as materialized (
      select * from usage_facts f where f.key_id = any(${sql.param(keyIds)}::int[])
        and f.team_id <> ${teamId} and (${from}::date is null or f.day >= ${from}::date)
    ), moved as (
      update usage_facts f set team_id = ${teamId} from earlier e
      where f.connection_id = e.connection_id and f.day = e.day and f.key_id = e.key_id and f.model_id = e.model_id
    ), difference as (
      select connection_id, day, key_id, team_id, ${countersOf('earlier', (name) => `-${name}`)} from earlier
      union all select connection_id, day, key_id, ${teamId}::int, ${COUNTERS} from earlier
    ), months as (
      insert into usage_by_key_month as m (month, connection_id, key_id, team_id, ${COUNTERS})
      select date_trunc('month', day::timestamp)::date, connection_id, key_id, team_id,
        ${countersOf('d', (name) => `sum(${name})`)}
      from difference d (connection_id, day, key_id, team_id, ${COUNTERS}) group by 1, 2, 3, 4
      on conflict (month, connection_id, key_id, team_id) do update set (${COUNTERS}) = row(
        ${sql.raw(
          ['requests', 'prompt_tokens', 'completion_tokens', 'reasoning_tokens', 'spend', 'byok_spend']
            .map((name) => `m.${name} + excluded.${name}`)
            .join(', '),
        )})
    )
    select distinct connection_id, day::text as day from earlier`);
  for (const connectionId of new Set(rows.map((row) => row.connection_id))) {
    await tx.execute(sql`
      delete from usage_by_key_month m where m.connection_id = ${connectionId}
        and m.key_id = any(${sql.param(keyIds)}::int[]) and m.team_id <> ${teamId}
        and row(${countersOf('m')}) = row(0, 0, 0, 0, 0, 0)`);
    const days = rows.filter((row) => row.connection_id === connectionId).map((row) => row.day);
    await rollUpUsage(tx, connectionId, days);
  }
}
