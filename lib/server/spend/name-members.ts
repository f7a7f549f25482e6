import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { MemberSums } from '@/lib/domain/spend/fold-members';
import type { SpendDimension } from '@/lib/domain/spend/spend-query';
import type { SpendMember } from '@/lib/domain/spend/spend-view';
import { type ServerContext, teamsWithinReach } from '../context';
import { nameLeftKeys } from './name-left-keys';
import { isOneOf, type SpendScope } from './spend-scope';

type Name = { id: number; label: string; detail: string | null; isOpen: boolean };

const LEFT_KEY = 'No longer your team’s';

/** A key that left is told by what it was called then. */
function withoutNews(name: Name | undefined, leftAs: string | undefined): Name | undefined {
  return name && leftAs !== undefined ? { ...name, label: leftAs, detail: LEFT_KEY } : name;
}

/** What stands for id 0. */
export const NAMELESS: Record<'team' | 'model', string> = { team: 'No team', model: 'Model not told' };

function namesQuery(context: ServerContext, by: SpendDimension, ids: SQL): SQL {
  switch (by) {
    case 'team':
      return sql`select id, name as label, case when archived_at is not null then 'Archived' end as detail,
        true as "isOpen" from teams where id = any(${ids})`;
    case 'connection':
      return sql`select id, name as label, case state when 'active' then null else initcap(state) end as detail,
        true as "isOpen" from connections where id = any(${ids})`;
    case 'model':
      return sql`select id, name as label, null as detail, true as "isOpen" from models where id = any(${ids}) and name <> ''`;
    case 'key': {
      const reach = teamsWithinReach(context, 'keys.read');
      return sql`select k.id, k.name as label, concat_ws(' · ', k.masked_label, c.name) as detail,
        coalesce(${isOneOf('k.team_id', reach)}, false) as "isOpen"
        from keys k join connections c on c.id = k.connection_id where k.id = any(${ids})`;
    }
  }
}

type Held = { id: number; count: number };

/** How many live keys each team or connection holds now, within the scope. */
async function countKeys(
  context: ServerContext,
  by: SpendDimension,
  scope: SpendScope,
): Promise<ReadonlyMap<number, number> | null> {
  if (by === 'key' || by === 'model') return null;
  const { rows } = await context.db.execute<Held>(sql`
    select ${sql.raw(by === 'team' ? 'coalesce(team_id, 0)' : 'connection_id')} as id, count(*)::int as count
    from keys where gone_at is null and deleted_at is null
      and connection_id not in (select id from connections where state = 'removed')
      and ${isOneOf('coalesce(team_id, 0)', scope.teams)} and ${isOneOf('connection_id', scope.connections)}
    group by 1`);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Members with their names and how many keys they hold now. */
export async function nameMembers(
  context: ServerContext,
  by: SpendDimension,
  scope: SpendScope,
  sums: readonly MemberSums[],
): Promise<readonly SpendMember[]> {
  const ids = sql`${sql.param(sums.map(({ id }) => id))}::int[]`;
  const { rows } = await context.db.execute<Name>(namesQuery(context, by, ids));
  const names = new Map(rows.map((row) => [row.id, row]));
  const held = await countKeys(context, by, scope);
  const closed = by === 'key' ? rows.filter(({ isOpen }) => !isOpen).map(({ id }) => id) : [];
  const left = await nameLeftKeys(context, closed);
  return sums.map((member) => {
    const name = withoutNews(names.get(member.id), left.get(member.id));
    const nameless = by === 'team' || by === 'model' ? NAMELESS[by] : `Unknown ${by}`;
    return {
      ...member,
      label: name?.label ?? nameless,
      detail: name?.detail ?? null,
      isOpen: name?.isOpen ?? by === 'team',
      keys: held === null ? null : (held.get(member.id) ?? 0),
    };
  });
}
