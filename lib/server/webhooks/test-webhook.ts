import 'server-only';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { deliveries } from '@/lib/db/schema';
import { type Payload, TEST_TOPIC } from '@/lib/domain/notifications/payload';
import type { webhookIdSchema } from '@/lib/domain/notifications/webhook-input';
import type { WebhookTestView } from '@/lib/domain/notifications/webhook-view';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { auditSubjectOf, getWebhook } from './load-webhook';
import { sendWebhook } from './send-webhook';

/** Sends a test now, once, and answers what the receiver said. It stands in the log like any delivery. */
export async function testWebhook(
  context: ServerContext,
  { webhookId }: z.output<typeof webhookIdSchema>,
): Promise<WebhookTestView> {
  requirePermission(context, 'webhooks.write');
  const { name } = requireUser(context);
  const row = await getWebhook(context.db, webhookId);
  const at = context.now();
  const deliveryId = randomUUID();
  const payload: Payload = {
    eventId: deliveryId,
    topic: TEST_TOPIC,
    title: `A test of the webhook ${row.name}`,
    body: `${name} sent it from Keyward. Nothing has happened.`,
    href: '/settings/webhooks',
    at: at.toISOString(),
  };
  const startedAt = performance.now();
  const attempt = await sendWebhook(context, row, { deliveryId, payload });
  const durationMs = Math.round(performance.now() - startedAt);
  const failure = attempt.kind === 'failed' ? attempt.failure : null;
  const isDelivered = failure === null;
  await withTransaction(context, async (tx) => {
    await tx.insert(deliveries).values({
      id: deliveryId,
      channel: 'webhook',
      webhookId,
      topic: TEST_TOPIC,
      payload,
      state: isDelivered ? 'delivered' : 'failed',
      attempts: 1,
      status: attempt.status,
      failure,
      createdAt: at,
      deliveredAt: isDelivered ? context.now() : null,
    });
    await appendAudit(tx, context, {
      action: 'webhook.test',
      ...auditSubjectOf(row),
      after: { isDelivered, status: attempt.status, failure },
    });
  });
  return { isDelivered, status: attempt.status, answer: attempt.answer, failure, durationMs };
}
