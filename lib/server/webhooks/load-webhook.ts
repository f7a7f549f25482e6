import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { webhooks } from '@/lib/db/schema';
import { webhookUrlFault } from '@/lib/domain/notifications/webhook-input';
import type { ServerContext } from '../context';
import { invalidField, notFound } from '../errors';
import type { WebhookRow } from './webhook-secret';

export async function getWebhook(db: Queryable, webhookId: string): Promise<WebhookRow> {
  const [row] = await db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, webhookId), isNull(webhooks.removedAt)));
  if (!row) throw notFound('webhook');
  return row;
}

/** The webhook, held until the transaction ends. */
export async function lockWebhook(tx: Transaction, webhookId: string): Promise<WebhookRow> {
  await tx.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.id, webhookId)).for('update');
  return getWebhook(tx, webhookId);
}

/** Refuses an address by its form, and one whose name leads where Keyward must not call. */
export async function requireReachable({ providers }: ServerContext, text: string): Promise<URL> {
  const { outbound } = providers;
  const fault = webhookUrlFault(text, outbound.isPrivateAllowed) ?? (await outbound.findFault(new URL(text)));
  if (fault) throw invalidField('url', fault);
  return new URL(text);
}

export function auditSubjectOf({ id, name }: Pick<WebhookRow, 'id' | 'name'>) {
  return { subjectKind: 'webhook' as const, subjectId: id, subjectName: name, outcome: 'done' as const };
}
