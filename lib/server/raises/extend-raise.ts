import 'server-only';
import { eq } from 'drizzle-orm';
import { raises } from '@/lib/db/schema';
import { endFault } from '@/lib/domain/raises/raise';
import type { ExtendRaiseInput } from '@/lib/domain/raises/raise-input';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { loadOpenRaise } from './load-raise';
import { auditRaise, lockRaise } from './raise-row';

/**
 * Gives a raise another end, sooner or later; nothing is sent to the provider. Throws `stale` when the end is not
 * the one that was shown, `conflict` when it is over or ends this moment, `invalid` for an end that cannot be.
 */
export async function extendRaise(context: ServerContext, input: ExtendRaiseInput): Promise<void> {
  requirePermission(context, 'keys.update');
  const { loaded } = await loadOpenRaise(context, input.raiseId);
  const now = context.now();
  const fault = endFault(input.endsAt, now);
  if (fault) throw invalidField('endsAt', fault);
  await withTransaction(context, async (tx) => {
    const raise = await lockRaise(tx, input.raiseId);
    if (!raise || raise.endedAt) throw new AppError('conflict', 'This raise is over.');
    if (raise.workedUntil && raise.workedUntil > now) {
      throw new AppError('conflict', 'This raise is being ended right now. Look again in a moment.');
    }
    if (raise.endsAt.getTime() !== input.seenEndsAt.getTime()) {
      throw new AppError('stale', 'Someone gave this raise another end meanwhile. Nothing was changed.', {
        facts: { seen: input.seenEndsAt.toISOString(), current: raise.endsAt.toISOString() },
      });
    }
    await tx
      .update(raises)
      .set({
        endsAt: input.endsAt,
        attempts: 0,
        nextTryAt: null,
        failure: null,
        toldOverdueAt: null,
        endedBy: null,
      })
      .where(eq(raises.id, raise.id));
    await auditRaise(tx, context, raise, loaded.key, {
      action: 'raise.extend',
      before: { endsAt: raise.endsAt.toISOString() },
      after: { endsAt: input.endsAt.toISOString() },
      reason: input.reason,
    });
  });
}
