import 'server-only';
import { desc, eq } from 'drizzle-orm';
import { reads, users } from '@/lib/db/schema';
import type { ReadHistoryView } from '@/lib/domain/connections/read-history';
import { requirePermission, type ServerContext } from '../context';
import { getConnection } from './get-connection';

const SHOWN = 20;

/** The last reads of a connection, newest first. Throws `not_found`. */
export async function listConnectionReads(
  context: ServerContext,
  connectionId: number,
): Promise<readonly ReadHistoryView[]> {
  requirePermission(context, 'connections.read');
  await getConnection(context.db, connectionId);
  const rows = await context.db
    .select({ read: reads, requestedBy: users.name })
    .from(reads)
    .leftJoin(users, eq(users.id, reads.requestedBy))
    .where(eq(reads.connectionId, connectionId))
    .orderBy(desc(reads.startedAt))
    .limit(SHOWN);
  return rows.map(({ read, requestedBy }) => ({
    id: read.id,
    kind: read.kind,
    state: read.state,
    startedAt: read.startedAt.toISOString(),
    finishedAt: read.finishedAt?.toISOString() ?? null,
    done: read.done,
    total: read.total,
    failure: read.failure,
    requestedBy,
  }));
}
