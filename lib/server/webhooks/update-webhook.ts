import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { webhooks } from '@/lib/db/schema';
import type {
  setWebhookEnabledSchema,
  updateWebhookSchema,
  webhookIdSchema,
} from '@/lib/domain/notifications/webhook-input';
import type { WebhookSecretView } from '@/lib/domain/notifications/webhook-view';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { auditSubjectOf, lockWebhook, requireReachable } from './load-webhook';
import { newSigningSecret, sealWebhookPart } from './webhook-secret';

/** Changes name, topics and, when one is given, the address. The signing secret stays. */
export async function updateWebhook(
  context: ServerContext,
  { webhookId, name, url, topics }: z.output<typeof updateWebhookSchema>,
): Promise<void> {
  requirePermission(context, 'webhooks.write');
  const host = url === undefined ? null : (await requireReachable(context, url)).host;
  await withTransaction(context, async (tx) => {
    const row = await lockWebhook(tx, webhookId);
    const address =
      url === undefined || host === null
        ? {}
        : { host, sealedUrl: sealWebhookPart(context.providers.masterKey, webhookId, 'url', url) };
    await tx
      .update(webhooks)
      .set({ name, topics, ...address })
      .where(eq(webhooks.id, webhookId));
    await appendAudit(tx, context, {
      action: 'webhook.update',
      ...auditSubjectOf({ id: webhookId, name }),
      before: { name: row.name, host: row.host, topics: row.topics },
      after: { name, host: host ?? row.host, topics, hasNewAddress: url !== undefined },
    });
  });
}

/** Off: it is told nothing any more, and what waits for it fails. */
export async function setWebhookEnabled(
  context: ServerContext,
  { webhookId, isEnabled }: z.output<typeof setWebhookEnabledSchema>,
): Promise<void> {
  requirePermission(context, 'webhooks.write');
  await withTransaction(context, async (tx) => {
    const row = await lockWebhook(tx, webhookId);
    if (row.isEnabled === isEnabled) return;
    await tx.update(webhooks).set({ isEnabled }).where(eq(webhooks.id, webhookId));
    await appendAudit(tx, context, {
      action: isEnabled ? 'webhook.enable' : 'webhook.disable',
      ...auditSubjectOf(row),
      before: { isEnabled: row.isEnabled },
      after: { isEnabled },
    });
  });
}

/** A new signing secret, answered this once; the old one signs nothing any more. */
export async function rotateWebhookSecret(
  context: ServerContext,
  { webhookId }: z.output<typeof webhookIdSchema>,
): Promise<WebhookSecretView> {
  requirePermission(context, 'webhooks.write');
  const secret = newSigningSecret();
  await withTransaction(context, async (tx) => {
    const row = await lockWebhook(tx, webhookId);
    if (row.format !== 'json') throw new AppError('unsupported', 'Slack’s format carries no signature.');
    const sealedSecret = sealWebhookPart(context.providers.masterKey, webhookId, 'secret', secret);
    await tx.update(webhooks).set({ sealedSecret }).where(eq(webhooks.id, webhookId));
    await appendAudit(tx, context, { action: 'webhook.rotate_secret', ...auditSubjectOf(row) });
  });
  return { webhookId, secret };
}

/** Takes a webhook away for good. Address and secret are wiped; its deliveries stay in the log. */
export async function removeWebhook(
  context: ServerContext,
  { webhookId }: z.output<typeof webhookIdSchema>,
): Promise<void> {
  requirePermission(context, 'webhooks.write');
  await withTransaction(context, async (tx) => {
    const row = await lockWebhook(tx, webhookId);
    await tx
      .update(webhooks)
      .set({ removedAt: context.now(), isEnabled: false, sealedUrl: {}, sealedSecret: null })
      .where(eq(webhooks.id, webhookId));
    await appendAudit(tx, context, {
      action: 'webhook.remove',
      ...auditSubjectOf(row),
      before: { format: row.format, host: row.host, topics: row.topics },
    });
  });
}
