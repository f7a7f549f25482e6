import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { generationSchema, providerKindSchema, providerWords } from '@/lib/domain/connections/provider-kind';
import type { KeysTableColumns, KeysTableWire } from '@/lib/domain/keys/keys-table';
import { usd } from '@/lib/domain/money/usd';
import { firstOfMonth, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { capabilitiesOf } from '@/lib/providers/registry';
import { getBinds } from '../binds/get-binds';
import { type ServerContext, teamsWithinReach } from '../context';
import { listRaisedKeys } from '../raises/list-raised-keys';
import { isOneOf } from '../spend/spend-scope';

/** A filter to the keys of some teams; true for every key. */
export function keysWithinTeams(teamIds: readonly number[] | null): SQL {
  if (teamIds === null) return sql`true`;
  return teamIds.length === 0 ? sql`false` : sql`k.team_id in ${[...teamIds]}`;
}

/** Which keys within reach are wanted; all unless told. */
export type KeysTableScope = {
  readonly keyId?: number;
  readonly keyIds?: readonly number[];
  readonly teamId?: number;
  /** For figures only: no masked labels, creators and containers, a third of what travels otherwise. */
  readonly isLean?: boolean;
};

/** The keys asked for by id; null for all. */
function idsOf({ keyId, keyIds }: KeysTableScope): readonly number[] | null {
  return keyId === undefined ? (keyIds ?? null) : [keyId];
}

function keysInScope(scope: KeysTableScope): SQL {
  const { teamId } = scope;
  const ofKey = isOneOf('k.id', idsOf(scope));
  return teamId === undefined ? ofKey : sql`${ofKey} and k.team_id = ${teamId}`;
}

/** Whose days the month counts: of the team asked for, or of all teams within reach; null for every day. */
function teamsThatCount(
  reach: readonly number[] | null,
  { teamId }: KeysTableScope,
): readonly number[] | null {
  if (teamId === undefined) return reach;
  return reach === null || reach.includes(teamId) ? [teamId] : [];
}

/**
 * Every key within reach, column by column, built as JSON by the database: 10,000 keys cost one statement
 * and no object per row. The month's spend is, as on the spend page, that of the days on which a key was one of the
 * actor's teams', or the team's that is asked for; what limits have used is of whole keys, as providers count it.
 */
export async function getKeysTable(
  context: ServerContext,
  scope: KeysTableScope = {},
): Promise<KeysTableWire> {
  const reach = teamsWithinReach(context, 'keys.read');
  const now = context.now();
  const month = firstOfMonth(utcDayOf(now));
  const isWanted = sql`${keysWithinTeams(reach)} and ${keysInScope(scope)}`;
  const { rows } = await context.db.execute<{ table: unknown }>(
    tableQuery(isWanted, {
      ids: idsOf(scope),
      isLean: scope.isLean ?? false,
      month,
      now,
      isAll: reach === null,
      teams: teamsThatCount(reach, scope),
    }),
  );
  const table = tableSchema.parse(rows[0]?.table);
  return {
    asOf: now.toISOString(),
    month,
    monthSpend: usd(table.monthSpend),
    leftSpend: usd(table.leftSpend),
    connections: table.connections.map(({ generation, ...connection }) => ({
      ...connection,
      providerName: providerWords[connection.provider].name,
      initial: providerWords[connection.provider].initial,
      capabilities: capabilitiesOf(connection.provider, generation),
    })),
    containers: table.containers,
    teams: table.teams,
    owners: table.owners,
    succession: table.succession,
    raises: await listRaisedKeys(context, isWanted),
    binds: await getBinds(context, isWanted),
    columns: table.columns,
  };
}

const tableSchema = z.object({
  monthSpend: z.string(),
  leftSpend: z.string(),
  connections: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      provider: providerKindSchema,
      generation: generationSchema,
      state: z.enum(['active', 'paused', 'removed']),
      readAt: z.string().nullable(),
      ownKeyId: z.number().nullable(),
    }),
  ),
  containers: z.array(
    z.object({
      id: z.number(),
      kind: z.enum(['workspace', 'group']),
      name: z.string(),
      connectionId: z.number(),
    }),
  ),
  teams: z.array(z.object({ id: z.number(), name: z.string() })),
  owners: z.array(z.object({ id: z.string(), name: z.string() })),
  succession: z.array(z.object({ id: z.number(), from: z.string() })),
  // Written by the statement beside this schema; checking 10,000 rows member by member would cost more than the query.
  columns: z.custom<KeysTableColumns>(
    (value) => typeof value === 'object' && value !== null && 'id' in value,
  ),
});

/** Old enough for the policy, and no rotation is under way about it. */
const isDue = (now: Date): SQL => sql`k.gone_at is null and k.deleted_at is null and k.delete_after is null
  and k.id not in (select unnest(array[old_key_id, coalesce(new_key_id, 0)]) from rotations where finished_at is null)
  and coalesce(coalesce(k.provider_created_at, k.first_seen_at) <= ${now}::timestamptz - make_interval(
    days => (select (value->>'dueDays')::int from settings where topic = 'rotation-policy')), false)`;

type TableScope = {
  readonly isLean: boolean;
  readonly ids: readonly number[] | null;
  readonly month: UtcDay;
  readonly now: Date;
  readonly isAll: boolean;
  readonly teams: readonly number[] | null;
};

/** Months lie by connection and key: a few keys are found by the index only with their connections. */
const OF_ANY_CONNECTION = sql`u.connection_id = any(array(select id from connections))`;

/** The month of each key as far as it was one of the teams', and whether that is not all of it. */
function monthsOfKeys({ ids, month, teams }: TableScope): SQL {
  const counts = isOneOf('u.team_id', teams);
  return sql`
    select u.key_id, coalesce(sum(u.spend) filter (where ${counts}), 0) as spend, not bool_and(${counts}) as is_shared
    from usage_by_key_month u
    where u.month = ${month} and ${ids === null ? sql`true` : sql`${OF_ANY_CONNECTION} and ${isOneOf('u.key_id', ids)}`}
    group by u.key_id`;
}

const LEFT_SPEND = sql`(
  select coalesce(sum(spend), 0)::text from spend where not exists (select 1 from listed l where l.id = key_id))`;

/** Whoever reaches some teams only is told no name beyond those of the keys within reach. */
function tableQuery(isWanted: SQL, scope: TableScope): SQL {
  const { now, isAll, teams } = scope;
  const named = (id: SQL, column: SQL) => (isAll ? sql`true` : sql`${id} in (select ${column} from listed)`);
  return sql`
    with spend as (${monthsOfKeys(scope)}
    ), owner_list as (
      select u.id, u.name, row_number() over (order by u.name, u.id) - 1 as position
      from users u where u.id in (select k.owner_id from keys k where ${isWanted})
    ), listed as (
      select k.*, s.spend as month_spend, coalesce(s.is_shared, false) as is_shared,
        coalesce(o.position, -1) as owner_position, ${isDue(now)} as is_due,
        k.id in (select old_key_id from rotations where finished_at is null) as is_being_retired
      from keys k left join spend s on s.key_id = k.id left join owner_list o on o.id = k.owner_id
      where ${isWanted} order by k.id
    ), last_reads as (
      select connection_id, max(finished_at) as finished_at from reads
      where kind = 'keys' and state in ('complete', 'partial') group by connection_id
    )
    select json_build_object(
      'monthSpend', (select coalesce(sum(spend), 0)::text from spend),
      'leftSpend', ${teams === null ? sql`'0'` : LEFT_SPEND},
      'connections', (select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name,
        'provider', c.provider, 'generation', c.generation, 'state', c.state, 'readAt', r.finished_at,
        'ownKeyId', (select l.id from listed l where l.connection_id = c.id
          and l.external_id = c.own_key_external_id))
        order by c.id), '[]') from connections c left join last_reads r on r.connection_id = c.id
        where ${named(sql`c.id`, sql`connection_id`)}),
      'containers', (select coalesce(json_agg(json_build_object('id', c.id, 'kind', c.kind, 'name', c.name,
        'connectionId', c.connection_id) order by c.name), '[]') from containers c
        where ${named(sql`c.id`, sql`container_id`)}),
      'teams', (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name), '[]')
        from teams t where (t.archived_at is null and ${isAll ? sql`true` : sql`false`}) or t.id in (select team_id from listed)),
      'owners', (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by position), '[]')
        from owner_list),
      'succession', (select coalesce(json_agg(json_build_object('id', l.id, 'from', p.name) order by l.id), '[]')
        from listed l join keys p on p.id = l.succeeds_key_id where ${named(sql`p.id`, sql`id`)}),
      'columns', (select json_build_object(${scope.isLean ? leanColumns : allColumns}) from listed)
    ) as table`;
}

const column = (name: string, value: SQL): SQL =>
  sql`${sql.raw(`'${name}'`)}, coalesce(json_agg(${value}), '[]')`;
const epoch = (value: SQL): SQL => sql`floor(extract(epoch from ${value}))::bigint`;
const byPeriod = (prefix: string): SQL => sql`(case limit_period
  when 'daily' then ${sql.raw(`${prefix}_daily`)} when 'weekly' then ${sql.raw(`${prefix}_weekly`)}
  when 'monthly' then ${sql.raw(`${prefix}_monthly`)} when 'total' then ${sql.raw(`${prefix}_lifetime`)} end)::text`;

const columnList = (isLean: boolean): SQL => {
  const wordColumn = (name: string, value: SQL) =>
    isLean ? sql`${sql.raw(`'${name}'`)}, '[]'::json` : column(name, value);
  return sql.join(
    [
      column('id', sql`id`),
      column('name', sql`name`),
      wordColumn('label', sql`masked_label`),
      column('connectionId', sql`connection_id`),
      wordColumn('containerId', sql`coalesce(container_id, 0)`),
      column('teamId', sql`coalesce(team_id, 0)`),
      column('owner', sql`owner_position`),
      column(
        'flags',
        sql`is_disabled::int + 2 * (gone_at is not null)::int + 4 * (deleted_at is not null)::int
        + 8 * coalesce(include_byok_in_limit, false)::int + 16 * is_due::int + 32 * is_being_retired::int
        + 64 * is_shared::int`,
      ),
      column(
        'limitForm',
        sql`case limit_kind when 'unlimited' then 'u' when 'blocked' then 'b' else left(limit_period, 1) end`,
      ),
      column('limitAmount', sql`limit_amount::text`),
      column('limitRemaining', sql`limit_remaining::text`),
      column('windowSpend', byPeriod('spend')),
      column('windowByok', byPeriod('byok')),
      column('monthSpend', sql`month_spend::text`),
      column('createdAt', epoch(sql`provider_created_at`)),
      column('expiresAt', epoch(sql`expires_at`)),
      column('lastUsedAt', epoch(sql`last_used_at`)),
      wordColumn('creator', sql`creator_email`),
      column('deleteAfter', epoch(sql`delete_after`)),
    ],
    sql`, `,
  );
};

const allColumns = columnList(false);
const leanColumns = columnList(true);
