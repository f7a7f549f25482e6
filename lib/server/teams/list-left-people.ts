import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { LeftKey, LeftPerson } from '@/lib/domain/teams/left-people';
import { requirePermission, type ServerContext } from '../context';

/**
 * Live keys of people who left: owned by someone who is disabled here or gone from the members of the key's account,
 * or made by someone gone from there and since then nobody else's.
 */
const LEFT_KEYS: SQL = sql`
  select k.id, k.name, k.connection_id, k.team_id, k.last_used_at,
    coalesce(lower(o.email), lower(m.email), m.external_id) as person_id,
    coalesce(o.name, m.name, m.email, m.external_id) as person, coalesce(o.email, m.email) as email,
    case when o.is_disabled then 'disabled' else 'gone' end as reason
  from keys k
  left join users o on o.id = k.owner_id
  left join lateral (
    select g.* from provider_members g
    where g.connection_id = k.connection_id and g.gone_at is not null
      and case when o.id is null then g.external_id = k.creator_external_id else lower(g.email) = lower(o.email) end
    order by g.gone_at desc limit 1
  ) m on true
  where k.gone_at is null and k.deleted_at is null and (o.is_disabled or m.id is not null)`;

type Row = Record<string, unknown> & {
  readonly id: number;
  readonly name: string;
  readonly connection: string;
  readonly team: string | null;
  readonly lastUsedAt: Date | null;
  readonly lastDay: string | null;
  readonly personId: string;
  readonly person: string;
  readonly email: string | null;
  readonly reason: 'disabled' | 'gone';
};

function lastUseOf({ lastUsedAt, lastDay }: Row): string | null {
  if (lastUsedAt !== null) return lastUsedAt.toISOString();
  return lastDay === null ? null : `${lastDay}T00:00:00.000Z`;
}

/** People who left with keys that somebody else should own now, by name; nothing is deleted with a person. */
export async function listLeftPeople(context: ServerContext): Promise<readonly LeftPerson[]> {
  requirePermission(context, 'keys.assign');
  const { rows } = await context.db.execute<Row>(sql`
    select l.id, l.name, c.name as connection, t.name as team, l.last_used_at as "lastUsedAt",
      (select max(f.day)::text from usage_facts f where f.key_id = l.id and f.requests > 0) as "lastDay",
      l.person_id as "personId", l.person, l.email, l.reason
    from (${LEFT_KEYS}) l
    join connections c on c.id = l.connection_id left join teams t on t.id = l.team_id
    order by lower(l.person), l.person_id, lower(l.name), l.id`);
  const people = new Map<string, Omit<LeftPerson, 'keys'> & { keys: LeftKey[] }>();
  for (const row of rows) {
    const { id, name, connection, team, personId, person, email, reason } = row;
    const known = people.get(personId) ?? { id: personId, name: person, email, reason, keys: [] };
    known.keys.push({
      id,
      name,
      connection,
      team,
      lastUsedAt: lastUseOf(row),
      isLastUseDay: row.lastUsedAt === null,
    });
    people.set(personId, known);
  }
  return [...people.values()];
}

/** How many people left, and how many keys of theirs need a new owner. */
export async function countLeft(
  context: ServerContext,
): Promise<{ readonly people: number; readonly keys: number }> {
  requirePermission(context, 'keys.assign');
  const { rows } = await context.db.execute<{ people: number; keys: number }>(
    sql`select count(distinct person_id)::int as people, count(*)::int as keys from (${LEFT_KEYS}) l`,
  );
  return rows[0] ?? { people: 0, keys: 0 };
}
