import 'server-only';
import { sql } from 'drizzle-orm';
import { firstOfMonth } from '@/lib/domain/periods/utc-day';
import type { SpendRange } from '@/lib/domain/spend/spend-range';
import { type ServerContext, teamsWithinReach } from '../context';
import { isOneOf, isWithinScope, type SpendScope } from './spend-scope';

/**
 * What keys are called that left the actor's teams: by the name that they had when they left, as the audit log keeps
 * it, since what became of them is no longer the teams' affair. `Key 17` where that is not known. Keys within reach
 * are not in the answer.
 */
export async function nameLeftKeys(
  context: ServerContext,
  keyIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const reach = teamsWithinReach(context, 'keys.read');
  if (reach === null || keyIds.length === 0) return new Map();
  const ids = sql`${sql.param([...keyIds])}::int[]`;
  const { rows } = await context.db.execute<{ id: number; name: string | null }>(sql`
    with left_keys as (
      select k.id from keys k where k.id = any(${ids}) and not coalesce(${isOneOf('k.team_id', reach)}, false)
    ), named as (
      select distinct on (b.id) b.id, b.name from audit_events e
      cross join lateral jsonb_to_recordset(
        case jsonb_typeof(e.before) when 'array' then e.before else '[]' end
      ) as b (id int, name text, "teamId" int)
      where e.action = 'key.assign' and (e.key_id is null or e.key_id in (select id from left_keys))
        and b.id in (select id from left_keys) and ${isOneOf('b."teamId"', reach)}
      order by b.id, e.seq desc
    )
    select l.id, n.name from left_keys l left join named n on n.id = l.id`);
  return new Map(rows.map(({ id, name }) => [id, name ?? `Key ${id}`]));
}

/** The keys with spend in the months of a range that left the actor's teams, with their names as `nameLeftKeys` tells. */
export async function listLeftKeys(
  context: ServerContext,
  scope: SpendScope,
  { from, to }: SpendRange,
): Promise<ReadonlyMap<number, string>> {
  const reach = teamsWithinReach(context, 'keys.read');
  if (reach === null) return new Map();
  const { rows } = await context.db.execute<{ id: number }>(sql`
    select distinct key_id as id from usage_by_key_month
    where month between ${firstOfMonth(from)} and ${to} and ${isWithinScope(scope)}`);
  return nameLeftKeys(
    context,
    rows.map(({ id }) => id),
  );
}
