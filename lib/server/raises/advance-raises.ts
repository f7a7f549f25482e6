import 'server-only';
import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { keys, raises } from '@/lib/db/schema';
import { LONGEST_RETRY_MS } from '@/lib/domain/raises/raise';
import type { ServerContext } from '../context';
import { requireSystem } from '../people/people-context';
import { endRaise } from './end-raise';
import { followPlannedRaises } from './follow-planned-raises';
import { tellEndingRaises, tellOverdueRaises } from './tell-about-raises';

const AT_ONCE = 50;

/** Due by the wall clock alone. A next try that a wrong clock set further ahead than any pause counts for nothing. */
async function listDue(context: ServerContext) {
  const now = context.now();
  const furthest = new Date(now.getTime() + LONGEST_RETRY_MS);
  return context.db
    .select({ id: raises.id, connectionId: keys.connectionId })
    .from(raises)
    .innerJoin(keys, eq(keys.id, raises.keyId))
    .where(
      and(
        eq(raises.state, 'active'),
        isNull(raises.endedAt),
        lte(raises.endsAt, now),
        or(isNull(raises.nextTryAt), lte(raises.nextTryAt, now), gt(raises.nextTryAt, furthest)),
      ),
    )
    .orderBy(sql`${raises.nextTryAt} asc nulls first`, asc(raises.endsAt))
    .limit(AT_ONCE);
}

/**
 * Ends every raise whose time has come, follows those that are on their way, and tells of those that are late. To
 * be called again and again; several processes may. What a provider refused or did not answer is tried again.
 */
export async function advanceRaises(context: ServerContext): Promise<{ readonly ended: number }> {
  requireSystem(context);
  await followPlannedRaises(context);
  const due = await listDue(context);
  let ended = 0;
  const connectionIds = [...new Set(due.map(({ connectionId }) => connectionId))];
  await Promise.all(
    connectionIds.map(async (connectionId) => {
      for (const { id } of due.filter((row) => row.connectionId === connectionId)) {
        const ending = await endRaise(context, id);
        if (ending.kind === 'ended' || ending.kind === 'drifted') ended += 1;
        // A provider that is down keeps only its own raises waiting, and those one call at a time.
        if (ending.kind === 'failed') break;
      }
    }),
  );
  await tellOverdueRaises(context);
  await tellEndingRaises(context);
  return { ended };
}

/** For the start of the only process on its database: what a dead one was at is taken up at once. */
export async function endDeadRaiseLeases(context: ServerContext): Promise<void> {
  await context.db
    .update(raises)
    .set({ workedUntil: null })
    .where(and(isNull(raises.endedAt), isNotNull(raises.workedUntil)));
}
