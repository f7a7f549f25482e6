import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { deliveries, webhooks } from '@/lib/db/schema';
import { nextTryIn } from '@/lib/domain/notifications/delivery';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { type ServerContext, withTransaction } from '../context';
import { notify, toAdmins } from '../notifications/notify';
import type { Attempt } from './attempt';

export type DeliveryRow = typeof deliveries.$inferSelect;

/**
 * Writes down how a try went: delivered, to be tried again later, or failed for good, which admins are told once a
 * day for each webhook and once for mail. Does nothing when the row was taken by another try meanwhile.
 */
export async function recordAttempt(
  context: ServerContext,
  row: DeliveryRow,
  attempt: Attempt,
): Promise<void> {
  const now = context.now();
  await withTransaction(context, async (tx) => {
    const write = async (values: Partial<DeliveryRow>) => {
      const mine = and(
        eq(deliveries.id, row.id),
        eq(deliveries.state, 'waiting'),
        eq(deliveries.attempts, row.attempts),
      );
      const written = await tx.update(deliveries).set(values).where(mine).returning({ id: deliveries.id });
      return written.length > 0;
    };
    const { status } = attempt;
    if (attempt.kind === 'delivered') {
      await write({ state: 'delivered', status, failure: null, nextTryAt: null, deliveredAt: now });
      return;
    }
    const { failure } = attempt;
    const wait = attempt.isFinal ? null : nextTryIn(row.attempts, attempt.retryAfterMs);
    if (wait !== null) {
      await write({ status, failure, nextTryAt: new Date(now.getTime() + wait) });
      return;
    }
    const hasFailed = await write({ state: 'failed', status, failure, nextTryAt: null });
    // What tells of a failed delivery is not told of itself, or one dead mail server would never come to rest.
    const isTold = row.topic !== 'delivery.failed' && !attempt.isWanted;
    if (hasFailed && isTold) await tellAdmins(tx, context, row, failure);
  });
}

async function tellAdmins(tx: Transaction, context: ServerContext, row: DeliveryRow, failure: string) {
  const day = utcDayOf(context.now());
  const [webhook] =
    row.webhookId === null
      ? []
      : await tx.select({ name: webhooks.name }).from(webhooks).where(eq(webhooks.id, row.webhookId));
  await notify(tx, context, {
    topic: 'delivery.failed',
    to: await toAdmins(tx),
    title: webhook ? `The webhook ${webhook.name} was not told` : 'An email could not be delivered',
    body: `${failure} It is not tried again by itself: send it again once the fault is mended.`,
    href: '/settings/webhooks/deliveries?state=failed',
    dedupeKey: `delivery.failed:${row.webhookId ?? 'email'}:${day}`,
  });
}
