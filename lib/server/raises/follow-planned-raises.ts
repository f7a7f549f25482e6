import 'server-only';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { changeStates } from '@/lib/domain/changes/change';
import { type ServerContext, withTransaction } from '../context';
import { activateRaise, cancelRaise, RAISE_LEASE_MS } from './start-raise';

const rowSchema = z.object({
  id: z.string(),
  state: z.enum(changeStates).nullable(),
  settlement: z.string().nullable(),
});

/**
 * Raises whose beginning was cut short or has no certain outcome, and cancelled ones whose limit landed late after
 * all: each follows what the ledger knows of its change.
 */
export async function followPlannedRaises(context: ServerContext): Promise<void> {
  const now = context.now();
  const leaseEnd = new Date(now.getTime() + RAISE_LEASE_MS);
  const { rows } = await context.db.execute(sql`
    select r.id, c.state, c.settlement from raises r
    left join lateral (select c.state, c.settlement, c.settled_at from changes c where c.parent_id = r.id
      order by c.planned_at desc limit 1) c on true
    where (r.state = 'planned' and (r.worked_until is null or r.worked_until <= ${now}::timestamptz
        or r.worked_until > ${leaseEnd}::timestamptz))
      or (r.state = 'cancelled' and c.state = 'settled_applied' and c.settled_at > r.ended_at)`);
  for (const { id, state, settlement } of z.array(rowSchema).parse(rows)) {
    if (state === 'applied' || state === 'settled_applied') {
      await withTransaction(context, (tx) => activateRaise(tx, context, id));
    } else if (state !== 'planned' && state !== 'sent' && state !== 'unknown') {
      const why = state === null ? 'Keyward stopped before it was sent.' : 'It did not take effect.';
      await cancelRaise(context, id, settlement ?? why);
    }
  }
}
