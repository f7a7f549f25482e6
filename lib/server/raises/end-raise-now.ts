import 'server-only';
import { eq } from 'drizzle-orm';
import { raises } from '@/lib/db/schema';
import type { EndRaiseInput } from '@/lib/domain/raises/raise-input';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { endRaise, type RaiseEnding } from './end-raise';
import { loadOpenRaise } from './load-raise';
import { auditRaise, lockRaise } from './raise-row';

/**
 * Ends a raise before its time. From this moment it is due: what the provider does not take at once is tried again
 * by itself (`failed`, with the reason).
 */
export async function endRaiseNow(context: ServerContext, input: EndRaiseInput): Promise<RaiseEnding> {
  requirePermission(context, 'keys.update');
  const { loaded } = await loadOpenRaise(context, input.raiseId);
  await withTransaction(context, async (tx) => {
    const raise = await lockRaise(tx, input.raiseId);
    if (!raise || raise.endedAt) throw new AppError('conflict', 'This raise is over.');
    const now = context.now();
    const endsAt = new Date(Math.min(raise.endsAt.getTime(), now.getTime()));
    const endedBy = context.actor.kind === 'user' ? context.actor.id : null;
    await tx.update(raises).set({ endsAt, endedBy, nextTryAt: null }).where(eq(raises.id, raise.id));
    await auditRaise(tx, context, raise, loaded.key, {
      action: 'raise.end_now',
      before: { endsAt: raise.endsAt.toISOString() },
      after: { endsAt: endsAt.toISOString() },
      reason: input.reason,
    });
  });
  return endRaise(context, input.raiseId);
}
