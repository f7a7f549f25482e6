import type { Payload } from './payload';
import type { WebhookFormat } from './webhook-input';

function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * What is sent to a webhook. Slack's form: https://docs.slack.dev/messaging/formatting-message-text (links as
 * `<address|text>`, and &, < and > escaped, so that a name cannot call a channel together).
 */
export function webhookBody(
  format: WebhookFormat,
  { eventId, topic, title, body, href, at }: Payload,
  { publicUrl, deliveryId }: { readonly publicUrl: string; readonly deliveryId: string },
): string {
  const url = `${publicUrl}${href}`;
  if (format === 'json') return JSON.stringify({ id: deliveryId, eventId, topic, at, title, body, url });
  const head = `*<${url}|${escapeSlack(title).replaceAll('|', '¦')}>*`;
  return JSON.stringify({ text: body ? `${head}\n${escapeSlack(body)}` : head });
}
