import 'server-only';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { webhooks } from '@/lib/db/schema';
import type { createWebhookSchema } from '@/lib/domain/notifications/webhook-input';
import type { WebhookSecretView } from '@/lib/domain/notifications/webhook-view';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { auditSubjectOf, requireReachable } from './load-webhook';
import { newSigningSecret, sealWebhookPart } from './webhook-secret';

/**
 * Stores a webhook, its address and its signing secret sealed, and answers the secret this once. Throws `invalid`
 * beside `url` for an address that is not accepted.
 */
export async function createWebhook(
  context: ServerContext,
  input: z.output<typeof createWebhookSchema>,
): Promise<WebhookSecretView> {
  requirePermission(context, 'webhooks.write');
  const createdBy = requireUser(context).id;
  const { host } = await requireReachable(context, input.url);
  const { name, format, topics } = input;
  const id = randomUUID();
  const { masterKey } = context.providers;
  const secret = format === 'json' ? newSigningSecret() : null;
  await withTransaction(context, async (tx) => {
    await tx.insert(webhooks).values({
      id,
      name,
      format,
      host,
      topics,
      createdBy,
      createdAt: context.now(),
      sealedUrl: sealWebhookPart(masterKey, id, 'url', input.url),
      sealedSecret: secret === null ? null : sealWebhookPart(masterKey, id, 'secret', secret),
    });
    await appendAudit(tx, context, {
      action: 'webhook.create',
      ...auditSubjectOf({ id, name }),
      after: { format, host, topics },
    });
  });
  return { webhookId: id, secret };
}
