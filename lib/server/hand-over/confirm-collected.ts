import 'server-only';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { changes } from '@/lib/db/schema';
import { SEEN_WITHIN_MS } from '@/lib/domain/changes/settle-timing';
import type { CollectHandOverInput } from '@/lib/domain/hand-over/hand-over-input';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { notFound } from '../errors';
import { requireSystem } from '../people/people-context';
import { isRightLinkKey } from './is-right-link-key';
import { auditSubjectOf, lockHandOver } from './load-hand-over';

const creationOf = (keyId: number) => and(eq(changes.keyId, keyId), eq(changes.kind, 'create_key'));

/** The secret is on its way to whoever clicked: when nobody confirms that it was shown, its key is stopped. */
export async function watchCollected(tx: Transaction, context: ServerContext, keyId: number): Promise<void> {
  const lookAt = new Date(context.now().getTime() + SEEN_WITHIN_MS);
  await tx
    .update(changes)
    .set({ lookAt })
    .where(and(creationOf(keyId), eq(changes.state, 'applied')));
}

/** The browser that collected a secret says that it showed it. Throws `not_found` for an unknown or wrong link. */
export async function confirmCollected(context: ServerContext, input: CollectHandOverInput): Promise<void> {
  requireSystem(context);
  await withTransaction(context, async (tx) => {
    const found = await lockHandOver(tx, input.handOverId);
    if (!found?.handOver.collectedAt || !isRightLinkKey(found, input.linkKey)) throw notFound('hand-over');
    const ended = await tx
      .update(changes)
      .set({ lookAt: null })
      .where(and(creationOf(found.key.id), eq(changes.state, 'applied'), isNotNull(changes.lookAt)))
      .returning({ id: changes.id });
    if (ended.length === 0) return;
    await appendAudit(tx, context, {
      action: 'hand_over.see',
      ...auditSubjectOf(found),
      after: { handOverId: found.handOver.id },
      outcome: 'done',
    });
  });
}
