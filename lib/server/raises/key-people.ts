import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import type { RaiseRow } from './raise-row';

/** Whom a raise concerns: who started it, who asked for it, the key's owner, and the leads of its team. */
export async function toRaisePeople(
  db: Queryable,
  raise: Pick<RaiseRow, 'id' | 'keyId'>,
): Promise<readonly string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select r.started_by as id from raises r where r.id = ${raise.id} and r.started_by is not null
    union select q.requester_id from raises r join requests q on q.id = r.request_id where r.id = ${raise.id}
    union select k.owner_id from keys k where k.id = ${raise.keyId} and k.owner_id is not null
    union select m.user_id from keys k join team_members m on m.team_id = k.team_id and m.is_lead
      where k.id = ${raise.keyId}`);
  return rows.map(({ id }) => id);
}
