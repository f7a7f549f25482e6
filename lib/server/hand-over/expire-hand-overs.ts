import 'server-only';
import { and, asc, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { handOvers } from '@/lib/db/schema';
import type { ServerContext } from '../context';
import { requireSystem } from '../people/people-context';
import { settleUnused } from './settle-unused';

/**
 * Wipes what was not collected in time, stops its keys and tells the senders. To be called again and again: what
 * a provider refused or did not answer, and what a stopped process left, is taken up by the next call.
 * Answers how many were settled and how many are still open.
 */
export async function expireHandOvers(
  context: ServerContext,
): Promise<{ readonly settled: number; readonly open: number }> {
  requireSystem(context);
  const due = await context.db
    .select({ id: handOvers.id })
    .from(handOvers)
    .where(
      and(
        isNull(handOvers.collectedAt),
        isNull(handOvers.expiredAt),
        or(isNotNull(handOvers.revokedAt), lte(handOvers.expiresAt, context.now())),
      ),
    )
    .orderBy(asc(handOvers.expiresAt));
  let settled = 0;
  for (const { id } of due) {
    const stop = await settleUnused(context, { handOverId: id, isPaced: true });
    if (stop !== null && stop.kind !== 'failed') settled += 1;
  }
  return { settled, open: due.length - settled };
}
