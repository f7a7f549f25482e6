import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { connections } from '@/lib/db/schema';
import type { Permission } from '@/lib/domain/people/permission';
import type { SpendQuery } from '@/lib/domain/spend/spend-query';
import { type ServerContext, teamsWithinReach } from '../context';
import { notFound } from '../errors';
import { COUNTERS } from '../usage/replace-facts';

/** Whose spend is asked for and may be seen; null filters nothing. Team 0 is "no team". */
export type SpendScope = {
  readonly teams: readonly number[] | null;
  readonly connections: readonly number[] | null;
};

/**
 * The scope of a query within the actor's reach. Throws `forbidden` without the permission, and `not_found` for
 * a team that is out of reach.
 */
export function spendScope(
  context: ServerContext,
  permission: Extract<Permission, 'spend.read' | 'spend.export'>,
  query: Pick<SpendQuery, 'teams' | 'connections'>,
): SpendScope {
  const reach = teamsWithinReach(context, permission);
  if (reach !== null && query.teams.some((id) => !reach.includes(id))) throw notFound('team');
  return {
    teams: query.teams.length > 0 ? query.teams : reach,
    connections: query.connections.length > 0 ? query.connections : null,
  };
}

/**
 * The same scope with every connection told by id. Facts lie by connection and day: only with plain ids does
 * PostgreSQL find a few days among millions of rows by their index.
 */
export async function withConnectionIds(context: ServerContext, scope: SpendScope): Promise<SpendScope> {
  if (scope.connections !== null) return scope;
  const rows = await context.db.select({ id: connections.id }).from(connections);
  return { ...scope, connections: rows.map(({ id }) => id) };
}

export function isOneOf(column: string, ids: readonly number[] | null): SQL {
  return ids === null ? sql`true` : sql`${sql.raw(column)} = any(${sql.param([...ids])}::int[])`;
}

/** Rows of facts or roll-ups within the scope, by their `team_id` and `connection_id`. */
export function isWithinScope(scope: SpendScope): SQL {
  return sql`${isOneOf('team_id', scope.teams)} and ${isOneOf('connection_id', scope.connections)}`;
}

type Dimension = 'team' | 'connection' | 'model';

/**
 * A relation of `day`, `member_id` and the counters from the smallest roll-up that can answer: one row a day and
 * member, or, where the filter crosses the dimension, the roll-up by all three.
 */
export function dimensionSource(by: Dimension, scope: SpendScope): SQL {
  if (scope.teams !== null && by !== 'team') {
    return sql`(select day, ${sql.raw(`${by}_id`)} as member_id, ${COUNTERS} from usage_by_day
      where ${isWithinScope(scope)}) u`;
  }
  return sql`(select day, member_id, ${COUNTERS} from usage_by_dimension
    where dimension = ${by} and ${isOneOf('member_id', by === 'team' ? scope.teams : null)}
      and ${isOneOf('connection_id', scope.connections)}) u`;
}
