import 'server-only';
import { and, asc, count, isNull, ne } from 'drizzle-orm';
import { connections, containers, keys } from '@/lib/db/schema';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import { capabilitiesOf } from '@/lib/providers/registry';
import { requirePermission, type ServerContext } from '../context';
import { listReads, NEVER_READ } from '../reads/list-reads';

/** Every connection that was not removed, with how its reads stand. */
export async function listConnections(context: ServerContext): Promise<readonly ConnectionView[]> {
  requirePermission(context, 'connections.read');
  const { db } = context;
  const rows = await db
    .select()
    .from(connections)
    .where(ne(connections.state, 'removed'))
    .orderBy(asc(connections.id));
  const counts = await db
    .select({ connectionId: keys.connectionId, count: count() })
    .from(keys)
    .where(and(isNull(keys.goneAt), isNull(keys.deletedAt)))
    .groupBy(keys.connectionId);
  const boxes = await db.select().from(containers).where(isNull(containers.goneAt)).orderBy(containers.name);
  const reads = await listReads(context);
  return rows.map((row) => ({
    id: row.id,
    provider: row.provider,
    name: row.name,
    baseUrl: row.baseUrl,
    generation: row.generation,
    state: row.state === 'paused' ? 'paused' : 'active',
    accountName: row.accountName,
    keyTail: row.keyTail,
    keySetAt: row.keySetAt.toISOString(),
    keyCount: counts.find((item) => item.connectionId === row.id)?.count ?? 0,
    balance: row.balance,
    balanceAt: row.balanceAt?.toISOString() ?? null,
    containers: boxes
      .filter((box) => box.connectionId === row.id)
      .map(({ id, kind, name, isDefault }) => ({ id, kind, name, isDefault })),
    capabilities: capabilitiesOf(row.provider, row.generation),
    keysRead: reads.get(row.id)?.keys ?? NEVER_READ,
    usageRead: reads.get(row.id)?.usage ?? NEVER_READ,
  }));
}
