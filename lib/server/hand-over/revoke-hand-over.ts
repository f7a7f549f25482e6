import 'server-only';
import { eq } from 'drizzle-orm';
import { handOvers } from '@/lib/db/schema';
import type { RevokeHandOverInput } from '@/lib/domain/hand-over/hand-over-input';
import { handOverStateOf } from '@/lib/domain/hand-over/hand-over-state';
import type { KeyStop } from '@/lib/domain/hand-over/hand-over-view';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError, notFound } from '../errors';
import { loadKey } from '../keys/load-key';
import { auditSubjectOf, findHandOver, lockHandOver } from './load-hand-over';
import { settleUnused } from './settle-unused';

const TOO_LATE = {
  collected: 'It was picked up already. Disable the key if the secret is in the wrong hands.',
  revoked: 'It was withdrawn already.',
  expired: 'It has expired already.',
} as const;

/**
 * Withdraws a link: the seal is wiped at once, and since nobody can have the secret any more its key is stopped.
 * When stopping fails (`keyStop.kind` is `failed`) the link is dead all the same, and stopping is tried again.
 */
export async function revokeHandOver(
  context: ServerContext,
  { handOverId }: RevokeHandOverInput,
): Promise<{ readonly keyStop: KeyStop | null }> {
  requirePermission(context, 'keys.update');
  const known = await findHandOver(context.db, handOverId);
  if (!known) throw notFound('hand-over');
  await loadKey(context, 'keys.update', known.key.id);
  await withTransaction(context, async (tx) => {
    const found = await lockHandOver(tx, handOverId);
    if (!found) throw notFound('hand-over');
    const state = handOverStateOf(found.handOver, context.now());
    if (state !== 'waiting') throw new AppError('conflict', TOO_LATE[state]);
    await tx
      .update(handOvers)
      .set({ sealed: null, revokedAt: context.now() })
      .where(eq(handOvers.id, handOverId));
    await appendAudit(tx, context, {
      action: 'hand_over.revoke',
      ...auditSubjectOf(found),
      after: { handOverId },
      outcome: 'done',
    });
  });
  return { keyStop: await settleUnused(context, { handOverId, isPaced: false }) };
}
