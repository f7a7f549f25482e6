import 'server-only';
import { and, eq, inArray, max } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { reads } from '@/lib/db/schema';

/** When the last read of a connection's keys that stored anything ended; null before the first. */
export async function findLastKeysReadAt(db: Queryable, connectionId: number): Promise<Date | null> {
  const [row] = await db
    .select({ at: max(reads.finishedAt) })
    .from(reads)
    .where(
      and(
        eq(reads.connectionId, connectionId),
        eq(reads.kind, 'keys'),
        inArray(reads.state, ['complete', 'partial']),
      ),
    );
  return row?.at ?? null;
}
