import 'server-only';
import { asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { deliveries, users, webhooks } from '@/lib/db/schema';
import { isTopic } from '@/lib/domain/notifications/topic';
import type { WebhookView } from '@/lib/domain/notifications/webhook-view';
import { requirePermission, type ServerContext } from '../context';

/** Every webhook with how its newest delivery went, by name. */
export async function listWebhooks(context: ServerContext): Promise<readonly WebhookView[]> {
  requirePermission(context, 'webhooks.write');
  const newest = context.db
    .selectDistinctOn([deliveries.webhookId], {
      webhookId: deliveries.webhookId,
      state: deliveries.state,
      failure: deliveries.failure,
      createdAt: deliveries.createdAt,
      deliveredAt: deliveries.deliveredAt,
    })
    .from(deliveries)
    .where(isNotNull(deliveries.webhookId))
    .orderBy(deliveries.webhookId, desc(deliveries.createdAt))
    .as('newest');
  const rows = await context.db
    .select({
      webhook: webhooks,
      createdByName: users.name,
      state: newest.state,
      failure: newest.failure,
      createdAt: newest.createdAt,
      deliveredAt: newest.deliveredAt,
    })
    .from(webhooks)
    .leftJoin(users, eq(users.id, webhooks.createdBy))
    .leftJoin(newest, eq(newest.webhookId, webhooks.id))
    .where(isNull(webhooks.removedAt))
    .orderBy(asc(webhooks.name), asc(webhooks.id));
  return rows.map(({ webhook, createdByName, state, failure, createdAt, deliveredAt }) => ({
    id: webhook.id,
    name: webhook.name,
    format: webhook.format,
    host: webhook.host,
    topics: webhook.topics.filter(isTopic),
    isEnabled: webhook.isEnabled,
    createdAt: webhook.createdAt.toISOString(),
    createdByName,
    lastDelivery:
      state === null || createdAt === null
        ? null
        : { state, failure, at: (deliveredAt ?? createdAt).toISOString() },
  }));
}
