import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import type { webhooks } from '@/lib/db/schema';
import { openSecret, type SealedSecret, sealSecret } from '@/lib/utils/secret-box';

export type WebhookRow = typeof webhooks.$inferSelect;

type Part = 'url' | 'secret';

function bindingOf(webhookId: string, part: Part): string {
  return `webhook:${webhookId}:${part}`;
}

export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`;
}

/** Bound to its webhook: a row copied to another one does not open. */
export function sealWebhookPart(
  masterKey: Buffer,
  webhookId: string,
  part: Part,
  text: string,
): SealedSecret {
  return sealSecret(masterKey, text, bindingOf(webhookId, part));
}

/** Address and signing secret of a webhook, in memory only. Throws `SecretBoxError`. */
export function openWebhook(
  masterKey: Buffer,
  row: Pick<WebhookRow, 'id' | 'sealedUrl' | 'sealedSecret'>,
): { readonly url: string; readonly secret: string | null } {
  return {
    url: openSecret(masterKey, row.sealedUrl, bindingOf(row.id, 'url')),
    secret:
      row.sealedSecret === null ? null : openSecret(masterKey, row.sealedSecret, bindingOf(row.id, 'secret')),
  };
}

/** The header `X-Keyward-Signature`: HMAC-SHA256 over `<seconds>.<body>`, in hexadecimal. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}
