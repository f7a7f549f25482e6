import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { deliveries } from '@/lib/db/schema';
import type { deliveryIdSchema } from '@/lib/domain/notifications/delivery';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { notFound } from '../errors';

/**
 * Sends what was delivered or has failed once more, as a delivery of its own; what still waits is tried at once
 * instead. The receiver knows a repetition by the same event.
 */
export async function sendAgain(
  context: ServerContext,
  { deliveryId }: z.output<typeof deliveryIdSchema>,
): Promise<void> {
  requirePermission(context, 'webhooks.write');
  requireUser(context);
  const now = context.now();
  await withTransaction(context, async (tx) => {
    const [row] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId)).for('update');
    if (!row) throw notFound('delivery');
    if (row.state === 'waiting') {
      await tx.update(deliveries).set({ nextTryAt: now }).where(eq(deliveries.id, row.id));
    } else {
      const { channel, webhookId, userId, topic, payload } = row;
      await tx.insert(deliveries).values({
        channel,
        webhookId,
        userId,
        topic,
        payload,
        state: 'waiting',
        nextTryAt: now,
        createdAt: now,
        repeatsId: row.id,
      });
    }
    await appendAudit(tx, context, {
      action: 'delivery.send_again',
      subjectKind: row.channel === 'webhook' ? 'webhook' : 'user',
      subjectId: row.webhookId ?? row.userId,
      before: { state: row.state, attempts: row.attempts, failure: row.failure },
      after: { deliveryId: row.id, topic: row.topic },
      outcome: 'done',
    });
  });
}
