import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import type { AssignableKey } from '@/lib/domain/assignment/plan-assignments';

/** Live keys `k` that are wanted, with the address of who made them where the account tells it. */
export async function listAssignableKeys(db: Queryable, isWanted: SQL): Promise<readonly AssignableKey[]> {
  const { rows } = await db.execute<AssignableKey & Record<string, unknown>>(sql`
    select k.id, k.name, k.connection_id as "connectionId", k.container_id as "containerId", k.labels,
      coalesce(k.creator_email, m.email) as creator, k.team_id as "teamId", k.owner_id as "ownerId"
    from keys k
    left join provider_members m on m.connection_id = k.connection_id and m.external_id = k.creator_external_id
    where k.gone_at is null and k.deleted_at is null and ${isWanted} order by k.id`);
  return rows;
}
