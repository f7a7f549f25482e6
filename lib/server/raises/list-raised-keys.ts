import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import type { KeyRaiseWire } from '@/lib/domain/raises/raise-view';
import type { ServerContext } from '../context';

const rowSchema = z.object({
  keyId: z.number(),
  base: limitSchema,
  endsAt: z.date().transform((at) => at.toISOString()),
  count: z.number(),
});

/** What holds higher limits of the wanted keys (`k`) for a time; most keys have none. */
export async function listRaisedKeys(
  context: ServerContext,
  isWanted: SQL,
): Promise<readonly KeyRaiseWire[]> {
  const { rows } = await context.db.execute(sql`
    select r.key_id as "keyId", (array_agg(r.base_limit order by r.ends_at))[1] as base,
      min(r.ends_at) as "endsAt", count(*)::int as count
    from raises r join keys k on k.id = r.key_id
    where r.state = 'active' and r.ended_at is null and ${isWanted}
    group by r.key_id order by r.key_id`);
  return z.array(rowSchema).parse(rows);
}
