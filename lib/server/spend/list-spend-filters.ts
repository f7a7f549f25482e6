import 'server-only';
import { sql } from 'drizzle-orm';
import { type ServerContext, teamsWithinReach } from '../context';
import { NAMELESS } from './name-members';
import { isOneOf } from './spend-scope';

export type SpendFilterOption = { readonly id: number; readonly label: string };

export type SpendFilters = {
  readonly connections: readonly SpendFilterOption[];
  readonly teams: readonly SpendFilterOption[];
  /** Whether any day of usage was ever read. */
  readonly hasUsage: boolean;
  /** Whether there is a connection to read from. */
  readonly hasConnection: boolean;
};

type Row = {
  connections: SpendFilterOption[];
  teams: SpendFilterOption[];
  hasUsage: boolean;
  hasConnection: boolean;
};

/** What spend can be filtered by within reach, and whether there is any to filter. */
export async function listSpendFilters(context: ServerContext): Promise<SpendFilters> {
  const reach = teamsWithinReach(context, 'spend.read');
  const { rows } = await context.db.execute<Row>(sql`
    select
      (select coalesce(json_agg(json_build_object('id', id, 'label', name) order by name), '[]') from connections
        where state <> 'removed' or id in (select connection_id from usage_days)) as connections,
      (select coalesce(json_agg(json_build_object('id', id, 'label', name) order by name), '[]') from teams
        where ${isOneOf('id', reach)} and (archived_at is null or id in (select team_id from usage_by_key_month))) as teams,
      exists (select 1 from usage_days where state <> 'missing') as "hasUsage",
      exists (select 1 from connections where state <> 'removed') as "hasConnection"`);
  const [row] = rows;
  if (!row) throw new Error('a query without a from clause has one row');
  const noTeam = reach === null ? [{ id: 0, label: NAMELESS.team }] : [];
  return { ...row, teams: [...row.teams, ...noTeam] };
}
