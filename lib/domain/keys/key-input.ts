import { z } from 'zod';
import { keyPermissionLevels } from '../connections/capabilities';
import { limitSchema } from '../limits/limit-schema';

export const reasonSchema = z.string().trim().max(500, 'Keep the reason under 500 characters.').default('');

export const keyNameSchema = z
  .string()
  .trim()
  .min(1, 'Give the key a name.')
  .max(120, 'Keep the name under 120 characters.');

export const keyPermissionsSchema = z.object({
  manage: z.enum(keyPermissionLevels),
  completions: z.enum(keyPermissionLevels),
});
export type KeyPermissions = z.infer<typeof keyPermissionsSchema>;

export const keyLabelsSchema = z.record(z.string().trim().min(1).max(60), z.string().trim().max(200));
export type KeyLabels = z.infer<typeof keyLabelsSchema>;

/** A wish for a new key. What the connection cannot do is refused by the verb, beside its field. */
export const createKeySchema = z.object({
  connectionId: z.int().positive(),
  name: keyNameSchema,
  limit: limitSchema,
  includeByokInLimit: z.boolean().optional(),
  containerId: z.int().positive().nullable().default(null),
  expiresAt: z.iso.datetime().nullable().default(null),
  permissions: keyPermissionsSchema.nullable().default(null),
  labels: keyLabelsSchema.default({}),
  teamId: z.int().positive().nullable().default(null),
  ownerId: z.uuid().nullable().default(null),
  reason: reasonSchema,
});
export type CreateKeyInput = z.infer<typeof createKeySchema>;

/** What the form showed when it was opened; a change since then is never overwritten. */
export const updateKeyLimitSchema = z.object({
  keyId: z.int().positive(),
  /** The key's limit as the person saw it. */
  seen: z.object({ limit: limitSchema, includeByokInLimit: z.boolean().nullable() }),
  limit: limitSchema.optional(),
  includeByokInLimit: z.boolean().optional(),
  reason: reasonSchema,
});
export type UpdateKeyLimitInput = z.infer<typeof updateKeyLimitSchema>;

export const renameKeySchema = z.object({
  keyId: z.int().positive(),
  seenName: z.string(),
  name: keyNameSchema,
  reason: reasonSchema,
});
export type RenameKeyInput = z.infer<typeof renameKeySchema>;

export const setKeyDisabledSchema = z.object({
  keyId: z.int().positive(),
  isDisabled: z.boolean(),
  reason: reasonSchema,
});
export type SetKeyDisabledInput = z.infer<typeof setKeyDisabledSchema>;

export const updateKeyLabelsSchema = z.object({
  keyId: z.int().positive(),
  seenLabels: keyLabelsSchema,
  labels: keyLabelsSchema,
  reason: reasonSchema,
});
export type UpdateKeyLabelsInput = z.infer<typeof updateKeyLabelsSchema>;

export const updateKeyExpirySchema = z.object({
  keyId: z.int().positive(),
  expiresAt: z.iso.datetime().nullable(),
  reason: reasonSchema,
});
export type UpdateKeyExpiryInput = z.infer<typeof updateKeyExpirySchema>;

export const deleteKeySchema = z.object({
  keyId: z.int().positive(),
  /** Required, and equal to the key's name, when the key is in use. */
  typedName: z.string().default(''),
  reason: reasonSchema,
});
export type DeleteKeyInput = z.infer<typeof deleteKeySchema>;

export const undoDeleteKeySchema = z.object({ keyId: z.int().positive(), reason: reasonSchema });
export type UndoDeleteKeyInput = z.infer<typeof undoDeleteKeySchema>;
