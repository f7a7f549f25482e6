import 'server-only';
import { sql } from 'drizzle-orm';
import type { LineKey } from '@/lib/domain/rotation/rotation-view';
import { type ServerContext, teamsWithinReach } from '../context';

/** Longer than any line; a ring, which no rotation makes, ends there too. */
const MOST_KEYS = 50;

type Row = { id: number; name: string; standing: LineKey['standing']; team_id: number | null };

/** The keys that a key took over from and that took over from it, the oldest first, as far as the actor's reach. */
export async function listLine(context: ServerContext, keyId: number): Promise<readonly LineKey[]> {
  const teams = teamsWithinReach(context, 'keys.read');
  const { rows } = await context.db.execute<Row>(sql`
    with recursive before as (
      select id, succeeds_key_id, 0 as place from keys where id = ${keyId}
      union all
      select k.id, k.succeeds_key_id, b.place - 1 from keys k join before b on k.id = b.succeeds_key_id
      where b.place > ${-MOST_KEYS}
    ), after as (
      select id, 0 as place from keys where id = ${keyId}
      union all
      select k.id, a.place + 1 from keys k join after a on k.succeeds_key_id = a.id where a.place < ${MOST_KEYS}
    )
    select k.id, k.name, k.team_id,
      case when k.deleted_at is not null then 'deleted' when k.gone_at is not null then 'gone' else 'live' end as standing
    from (
      select id, min(place) as place from (select id, place from before union all select id, place from after) p group by id
    ) line join keys k on k.id = line.id
    order by line.place, k.id`);
  return rows
    .filter(
      ({ id, team_id }) => id === keyId || teams === null || (team_id !== null && teams.includes(team_id)),
    )
    .map(({ id, name, standing }) => ({ id, name, standing }));
}
