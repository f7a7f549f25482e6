import 'server-only';
import { sql } from 'drizzle-orm';
import type { ConnectionCoverage } from '@/lib/domain/spend/spend-coverage';
import type { SpendRange } from '@/lib/domain/spend/spend-range';
import type { ServerContext } from '../context';
import { isOneOf, type SpendScope } from './spend-scope';

type Row = { id: number; name: string; states: string; reason: string | null };

/**
 * How the days of a range were read, by connection. Removed connections are left out: they are read no more.
 * A scope of teams asks only about connections where these teams hold keys or held some.
 */
export async function listCoverage(
  context: ServerContext,
  scope: SpendScope,
  range: SpendRange,
): Promise<readonly ConnectionCoverage[]> {
  const holdsKeys =
    scope.teams === null
      ? sql`true`
      : sql`exists (
          select 1 from keys k left join key_assignments a on a.key_id = k.id
          where k.connection_id = c.id and (
            ${isOneOf('coalesce(k.team_id, 0)', scope.teams)} or ${isOneOf('coalesce(a.team_id, 0)', scope.teams)}
          )
        )`;
  const { rows } = await context.db.execute<Row>(sql`
    select c.id, c.name, string_agg(coalesce(left(d.state, 1), 'm'), '' order by wanted.day) as states,
      (array_agg(d.reason order by wanted.day desc) filter (where d.reason is not null))[1] as reason
    from connections c
    cross join (
      select day::date as day from generate_series(${range.from}::timestamp, ${range.to}::timestamp, '1 day') as g (day)
    ) wanted
    left join usage_days d on d.connection_id = c.id and d.day = wanted.day
    where c.state <> 'removed' and ${isOneOf('c.id', scope.connections)} and ${holdsKeys}
    group by c.id, c.name order by c.id`);
  return rows;
}
