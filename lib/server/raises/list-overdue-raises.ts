import 'server-only';
import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import { connections, keys, raises } from '@/lib/db/schema';
import type { Need } from '@/lib/domain/overview/overview-view';
import type { ServerContext } from '../context';

const LATE_AFTER_MS = 15_000;
const MOST_SHOWN = 20;

type OverdueNeed = Extract<Need, { kind: 'raise_overdue' }>;

/** Raises that should be over and are not, the latest first to have been due in front. */
export async function listOverdueRaises(context: ServerContext): Promise<readonly OverdueNeed[]> {
  const late = new Date(context.now().getTime() - LATE_AFTER_MS);
  const rows = await context.db
    .select({
      raiseId: raises.id,
      keyId: keys.id,
      keyName: keys.name,
      connection: connections.name,
      at: raises.endsAt,
      why: raises.failure,
    })
    .from(raises)
    .innerJoin(keys, eq(keys.id, raises.keyId))
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .where(and(eq(raises.state, 'active'), isNull(raises.endedAt), lte(raises.endsAt, late)))
    .orderBy(asc(raises.endsAt))
    .limit(MOST_SHOWN);
  return rows.map(({ at, ...row }) => ({ kind: 'raise_overdue', ...row, at: at.toISOString() }));
}
