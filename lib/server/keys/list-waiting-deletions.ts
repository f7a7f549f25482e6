import 'server-only';
import { and, asc, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import { connections, keys, users } from '@/lib/db/schema';
import type { WaitingDeletionView } from '@/lib/domain/keys/waiting-deletion';
import { type ServerContext, teamsWithinReach } from '../context';

/** The keys within reach whose grace period runs, the next to go first. */
export async function listWaitingDeletions(context: ServerContext): Promise<readonly WaitingDeletionView[]> {
  const teamIds = teamsWithinReach(context, 'keys.read');
  const rows = await context.db
    .select({
      keyId: keys.id,
      keyName: keys.name,
      connectionName: connections.name,
      deleteAfter: keys.deleteAfter,
      askedByName: users.name,
    })
    .from(keys)
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .leftJoin(users, eq(users.id, keys.deleteAskedBy))
    .where(
      and(
        isNotNull(keys.deleteAfter),
        isNull(keys.deletedAt),
        ne(connections.state, 'removed'),
        teamIds === null ? undefined : inArray(keys.teamId, [...teamIds]),
      ),
    )
    .orderBy(asc(keys.deleteAfter), asc(keys.id));
  return rows.flatMap(({ deleteAfter, ...row }) =>
    deleteAfter === null ? [] : [{ ...row, deleteAfter: deleteAfter.toISOString() }],
  );
}
