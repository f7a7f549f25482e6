import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';

export type Succession = {
  /** Both keys of each of its rotations, one that was taken back too, and the key itself. */
  readonly keyIds: readonly number[];
  readonly rotationIds: readonly string[];
};

type Row = {
  id: string;
  old_key_id: number;
  new_key_id: number | null;
  team_ids: (number | null)[];
};

/**
 * The rotations of the whole line of succession that a key stands in; with `teams` only those of which both keys
 * belong to one of these teams.
 */
export async function findSuccession(
  db: Queryable,
  keyId: number,
  teams: readonly number[] | null = null,
): Promise<Succession> {
  const { rows } = await db.execute<Row>(sql`
    with recursive line as (
      select id, succeeds_key_id from keys where id = ${keyId}
      union
      select k.id, k.succeeds_key_id from line l
      join keys k on k.id = l.succeeds_key_id or k.succeeds_key_id = l.id
    )
    select r.id, r.old_key_id, r.new_key_id,
      array(select k.team_id from keys k where k.id in (r.old_key_id, r.new_key_id)) as team_ids
    from rotations r
    where r.old_key_id in (select id from line) or r.new_key_id in (select id from line)`);
  const within = rows.filter(
    ({ team_ids }) => teams === null || team_ids.every((team) => team !== null && teams.includes(team)),
  );
  const keyIds = within.flatMap((row) =>
    row.new_key_id === null ? [row.old_key_id] : [row.old_key_id, row.new_key_id],
  );
  return { keyIds: [...new Set([keyId, ...keyIds])], rotationIds: within.map(({ id }) => id) };
}
