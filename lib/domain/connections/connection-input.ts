import { z } from 'zod';
import { providerKindSchema } from './provider-kind';

const baseUrlSchema = z
  .string()
  .trim()
  .refine((text) => URL.canParse(text), 'Enter a whole address, like https://openrouter.ai/api/v1.')
  .transform((text) => text.replace(/\/+$/, ''));

const managementKeySchema = z
  .string()
  .trim()
  .min(8, 'Paste the whole management key.')
  .max(400, 'This is too long for a management key.')
  .refine((text) => /^[\x21-\x7e]+$/.test(text), 'A management key has no spaces or line breaks.');

const nameSchema = z
  .string()
  .trim()
  .min(1, 'Give the connection a name.')
  .max(80, 'Keep the name under 80 characters.');

export const testConnectionSchema = z.object({
  provider: providerKindSchema,
  baseUrl: baseUrlSchema,
  managementKey: managementKeySchema,
});
export type TestConnectionInput = z.infer<typeof testConnectionSchema>;

export const createConnectionSchema = testConnectionSchema.extend({ name: nameSchema });
export type CreateConnectionInput = z.infer<typeof createConnectionSchema>;

export const updateConnectionSchema = z.object({ connectionId: z.int().positive(), name: nameSchema });
export const replaceConnectionKeySchema = z.object({
  connectionId: z.int().positive(),
  managementKey: managementKeySchema,
});
export const setConnectionPausedSchema = z.object({
  connectionId: z.int().positive(),
  isPaused: z.boolean(),
});
export const removeConnectionSchema = z.object({ connectionId: z.int().positive(), typedName: z.string() });
export const connectionIdSchema = z.object({ connectionId: z.int().positive() });

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Whether the address may be a provider's: https, or plain http to this machine where that is allowed. */
export function baseUrlFault(baseUrl: string, isLoopbackAllowed: boolean): string | null {
  const url = new URL(baseUrl);
  if (url.username || url.password) return 'An address with a password in it is not accepted.';
  if (LOOPBACK.test(url.hostname)) {
    return isLoopbackAllowed ? null : 'An address on this machine is not accepted here.';
  }
  return url.protocol === 'https:' ? null : 'Only https addresses are accepted.';
}
