import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';

/** The bulk changes that have yet to decide on these differences, by difference. */
export async function findDecidingRuns(
  db: Queryable,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (itemIds.length === 0) return new Map();
  const { rows } = await db.execute<{ item_id: string; run_id: string }>(sql`
    select i.wish ->> 'itemId' as item_id, r.id as run_id
    from bulk_runs r join bulk_items i on i.run_id = r.id
    where r.kind = 'drift' and r.state in ('running', 'paused')
      and i.state in ('waiting', 'sent', 'unknown')
      and i.wish ->> 'itemId' = any(${sql.param([...itemIds])}::text[])`);
  return new Map(rows.map((row) => [row.item_id, row.run_id]));
}
