import 'server-only';
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { deliveries, users, webhooks } from '@/lib/db/schema';
import { payloadSchema } from '@/lib/domain/notifications/payload';
import type { ServerContext } from '../context';
import { withTransaction } from '../context';
import { requireSystem } from '../people/people-context';
import { sendWebhook } from '../webhooks/send-webhook';
import type { Attempt } from './attempt';
import { type DeliveryRow, recordAttempt } from './record-attempt';
import { sendMail } from './send-mail';

const MOST_AT_ONCE = 10;
/** A try that was begun and never recorded, because its process died, is begun again after so long. */
const LEASE_MS = 120_000;

/**
 * Tries what is due, each once, and records how it went. However many processes do so, one of them takes each.
 * Answers how many were tried.
 */
export async function deliverDue(context: ServerContext): Promise<{ readonly tried: number }> {
  requireSystem(context);
  const claimed = await claimDue(context);
  await Promise.all(claimed.map(async (row) => recordAttempt(context, row, await tryDelivery(context, row))));
  return { tried: claimed.length };
}

async function claimDue(context: ServerContext): Promise<readonly DeliveryRow[]> {
  const now = context.now();
  return withTransaction(context, async (tx) => {
    const due = await tx
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(and(eq(deliveries.state, 'waiting'), lte(deliveries.nextTryAt, now)))
      .orderBy(asc(deliveries.nextTryAt), asc(deliveries.createdAt))
      .limit(MOST_AT_ONCE)
      .for('update', { skipLocked: true });
    if (due.length === 0) return [];
    return tx
      .update(deliveries)
      .set({
        attempts: sql`${deliveries.attempts} + 1`,
        nextTryAt: new Date(now.getTime() + LEASE_MS),
      })
      .where(
        inArray(
          deliveries.id,
          due.map(({ id }) => id),
        ),
      )
      .returning();
  });
}

const over = (failure: string, isWanted = false): Attempt => ({
  kind: 'failed',
  status: null,
  isFinal: true,
  retryAfterMs: 0,
  isWanted,
  failure,
});

async function tryDelivery(context: ServerContext, row: DeliveryRow): Promise<Attempt> {
  const parsed = payloadSchema.safeParse(row.payload);
  if (!parsed.success) return over('What was to be sent cannot be read any more.');
  const message = { deliveryId: row.id, payload: parsed.data };
  if (row.webhookId !== null) {
    const [webhook] = await context.db.select().from(webhooks).where(eq(webhooks.id, row.webhookId));
    if (!webhook || webhook.removedAt) return over('The webhook was removed.', true);
    if (!webhook.isEnabled) return over('The webhook is switched off.', true);
    return sendWebhook(context, webhook, message);
  }
  const [person] =
    row.userId === null ? [] : await context.db.select().from(users).where(eq(users.id, row.userId));
  if (!person || person.isDisabled) return over('The person is not active any more.', true);
  if (!context.messaging) return over('No mail server is set on this installation.');
  return sendMail(context.messaging, { ...message, to: person.email });
}
