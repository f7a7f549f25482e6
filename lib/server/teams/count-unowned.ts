import 'server-only';
import { sql } from 'drizzle-orm';
import type { UnownedCount } from '@/lib/domain/teams/unowned-count';
import { requirePermission, type ServerContext } from '../context';

/** How many keys stand on the unowned list: those that exist, as the table of keys counts them. */
export async function countUnowned(context: ServerContext): Promise<UnownedCount> {
  requirePermission(context, 'keys.assign');
  const { rows } = await context.db.execute<UnownedCount>(sql`
    select count(*)::int as keys, (count(*) filter (where team_id is null))::int as "withoutTeam",
      (count(*) filter (where owner_id is null))::int as "withoutOwner"
    from keys where gone_at is null and deleted_at is null and (team_id is null or owner_id is null)
      and connection_id not in (select id from connections where state = 'removed')`);
  return rows[0] ?? { keys: 0, withoutTeam: 0, withoutOwner: 0 };
}
