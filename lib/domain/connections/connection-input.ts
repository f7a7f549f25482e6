import { z } from 'zod';
import { baseUrlSchema } from './base-url';
import { providerKindSchema } from './provider-kind';

export const managementKeySchema = z
  .string()
  .trim()
  .min(8, 'Paste the whole management key.')
  .max(400, 'This is too long for a management key.')
  .refine((text) => /^[\x21-\x7e]+$/.test(text), 'A management key has no spaces or line breaks.');

export const connectionNameSchema = z
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

export const createConnectionSchema = testConnectionSchema.extend({ name: connectionNameSchema });
export type CreateConnectionInput = z.infer<typeof createConnectionSchema>;

export const updateConnectionSchema = z.object({
  connectionId: z.int().positive(),
  name: connectionNameSchema,
});
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

/** A connection's id as it stands in an address. */
export const connectionIdTextSchema = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);
