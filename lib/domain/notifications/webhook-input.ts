import { z } from 'zod';
import { isLoopbackHost } from '../connections/base-url';
import { topics } from './topic';

export const webhookFormats = ['json', 'slack'] as const;
export type WebhookFormat = (typeof webhookFormats)[number];

export const webhookFormatWords: Record<WebhookFormat, { readonly name: string; readonly hint: string }> = {
  json: { name: 'JSON, signed', hint: 'For a program of your own: JSON with a signature and a time stamp.' },
  slack: { name: 'Slack', hint: 'For Slack, Mattermost and others that take Slack’s incoming webhooks.' },
};

const nameSchema = z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.');
const urlSchema = z
  .string()
  .trim()
  .min(1, 'Enter the address.')
  .max(2_000, 'At most 2,000 characters.')
  .refine((text) => URL.canParse(text), 'Enter a whole address, like https://hooks.example.com/keyward.');
const topicsSchema = z
  .array(z.enum(topics))
  .min(1, 'Choose what it is told about.')
  .transform((chosen) => topics.filter((topic) => chosen.includes(topic)));

export const createWebhookSchema = z.object({
  name: nameSchema,
  url: urlSchema,
  format: z.enum(webhookFormats),
  topics: topicsSchema,
});

/** The form of a change: an empty address keeps the one there is. */
export const editWebhookSchema = createWebhookSchema.extend({ url: z.literal('').or(urlSchema) });
export type WebhookFormValues = z.input<typeof createWebhookSchema>;

export const updateWebhookSchema = z.object({
  webhookId: z.uuid(),
  name: nameSchema,
  /** Absent: the address stays, which nobody can read back. */
  url: urlSchema.optional(),
  topics: topicsSchema,
});

export const webhookIdSchema = z.object({ webhookId: z.uuid() });
export const setWebhookEnabledSchema = z.object({ webhookId: z.uuid(), isEnabled: z.boolean() });

/**
 * Why an address may not be a webhook's, in words for its field; null when it may. Https only, but to this machine
 * where private targets are allowed. Where its name leads is checked when it is called.
 */
export function webhookUrlFault(text: string, isPrivateAllowed: boolean): string | null {
  if (!URL.canParse(text)) return 'Enter a whole address, like https://hooks.example.com/keyward.';
  const url = new URL(text);
  if (url.username || url.password) return 'An address with a password in it is not accepted.';
  if (url.hash) return 'Leave out what begins with “#”.';
  if (url.protocol === 'https:') return null;
  const isPlainAllowed = url.protocol === 'http:' && isPrivateAllowed && isLoopbackHost(url.hostname);
  return isPlainAllowed ? null : 'Only https addresses are accepted.';
}
