import 'server-only';
import { desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { deliveries, users, webhooks } from '@/lib/db/schema';
import type { DeliveriesView, listDeliveriesSchema } from '@/lib/domain/notifications/delivery';
import { payloadSchema } from '@/lib/domain/notifications/payload';
import { requirePermission, type ServerContext } from '../context';

/** Every email and webhook call that went out or is still to go, newest first. */
export async function listDeliveries(
  context: ServerContext,
  { state, limit }: z.output<typeof listDeliveriesSchema>,
): Promise<DeliveriesView> {
  requirePermission(context, 'webhooks.write');
  const rows = await context.db
    .select({ delivery: deliveries, webhook: webhooks, person: users })
    .from(deliveries)
    .leftJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .leftJoin(users, eq(users.id, deliveries.userId))
    .where(state === null ? undefined : eq(deliveries.state, state))
    .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
    .limit(limit + 1);
  return {
    hasOlder: rows.length > limit,
    items: rows.slice(0, limit).map(({ delivery, webhook, person }) => {
      const payload = payloadSchema.safeParse(delivery.payload);
      return {
        id: delivery.id,
        channel: delivery.channel,
        target: webhook?.name ?? person?.name ?? 'Someone who is gone',
        address: webhook?.host ?? person?.email ?? '',
        subject: payload.success ? payload.data.title : delivery.topic,
        state: delivery.state,
        attempts: delivery.attempts,
        nextTryAt: delivery.nextTryAt?.toISOString() ?? null,
        status: delivery.status,
        failure: delivery.failure,
        createdAt: delivery.createdAt.toISOString(),
        deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
        isRepetition: delivery.repeatsId !== null,
      };
    }),
  };
}
