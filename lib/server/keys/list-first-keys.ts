import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { MANY_KEYS } from '@/lib/domain/keys/first-keys';
import { type KeyFilters, NONE, wordsOf } from '@/lib/domain/keys/key-filters';
import type { KeysTableWire } from '@/lib/domain/keys/keys-table';
import { firstOfMonth, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type ServerContext, teamsWithinReach } from '../context';
import { isOneOf } from '../spend/spend-scope';
import { getKeysTable, keysWithinTeams } from './get-keys-table';

const ROWS = 200;
/** Among so many that spent most there are enough that the filters leave, or else all are looked at. */
const CANDIDATES = 2_000;
const TOP_SPENDERS = sql`select spend from spend order by spend desc limit ${CANDIDATES}`;

/** Whether there are so many keys within reach that the first rows are worth a call of their own. */
export async function hasManyKeys(context: ServerContext): Promise<boolean> {
  const reach = teamsWithinReach(context, 'keys.read');
  const { rows } = await context.db.execute(
    sql`select 1 from keys k where ${keysWithinTeams(reach)} offset ${MANY_KEYS} limit 1`,
  );
  return rows.length > 0;
}

const listed = (ids: readonly number[]): readonly number[] | null => (ids.length === 0 ? null : ids);

function isOwned(owners: readonly string[]): SQL {
  if (owners.length === 0) return sql`true`;
  return sql`coalesce(k.owner_id::text, ${NONE}) = any(${sql.param([...owners])}::text[])`;
}

function matches(q: string): SQL {
  const haystack = sql`lower(concat_ws(E'\n', k.name, k.masked_label, o.name, t.name, k.creator_email))`;
  return sql.join(
    [sql`true`, ...wordsOf(q).map((word) => sql`strpos(${haystack}, ${word}) > 0`)],
    sql` and `,
  );
}

type Search = {
  readonly month: UtcDay;
  readonly reach: readonly number[] | null;
  readonly filters: KeyFilters;
};

/** With `isSpender` only keys that spent: those need no look at all the others. */
async function findTop(context: ServerContext, { month, reach, filters }: Search, isSpender: boolean) {
  const { q, connections, teams, owners } = filters;
  const { rows } = await context.db.execute<{ id: number }>(sql`
    with spend as materialized (
      select u.key_id, sum(u.spend) as spend from usage_by_key_month u
      where u.month = ${month} and ${isOneOf('u.team_id', reach)} group by u.key_id
    )
    select k.id from keys k join connections c on c.id = k.connection_id
      ${isSpender ? sql`join` : sql`left join`} spend s on s.key_id = k.id
      left join teams t on t.id = k.team_id left join users o on o.id = k.owner_id
    where ${keysWithinTeams(reach)} and k.gone_at is null and k.deleted_at is null and c.state <> 'removed'
      and ${isOneOf('k.connection_id', listed(connections))} and ${isOneOf('coalesce(k.team_id, 0)', listed(teams))}
      and ${isOwned(owners)} and ${matches(q)}
      and ${isSpender ? sql`s.spend > 0 and s.spend >= (select coalesce(min(spend), 0) from (${TOP_SPENDERS}) top)` : sql`true`}
    order by coalesce(s.spend, 0) desc, k.name, k.id limit ${ROWS}`);
  return rows.map(({ id }) => id);
}

/**
 * The live keys that spent most this month, of those that these filters leave: what the table shows at its top while
 * all rows are still on their way. Other filters than search, connection, team and owner are not heeded. The sums
 * over the month are those of the answered rows.
 */
export async function listFirstKeys(context: ServerContext, filters: KeyFilters): Promise<KeysTableWire> {
  const reach = teamsWithinReach(context, 'keys.read');
  const search = { reach, month: firstOfMonth(utcDayOf(context.now())), filters };
  const spenders = await findTop(context, search, true);
  const keyIds = spenders.length === ROWS ? spenders : await findTop(context, search, false);
  return getKeysTable(context, { keyIds });
}
