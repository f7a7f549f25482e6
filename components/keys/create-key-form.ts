import { z } from 'zod';
import type { HandOverWish } from '@/lib/domain/hand-over/hand-over-input';
import { type createKeySchema, keyNameSchema } from '@/lib/domain/keys/key-input';
import type { KeysTableConnection } from '@/lib/domain/keys/keys-table';
import { checkLimitForm, limitFormShape, readLimitForm, toLimitForm } from './limit-form';

const levels = z.enum(['none', 'read', 'write']);

/** How long a sealed secret waits, in hours. */
export const handOverLifetimes = [
  { value: '1', label: '1 hour' },
  { value: '8', label: '8 hours' },
  { value: '24', label: '1 day' },
  { value: '72', label: '3 days' },
  { value: '168', label: '7 days' },
] as const;

export const createKeyFormSchema = z
  .object({
    connectionId: z.string().min(1, 'Choose a connection.'),
    name: keyNameSchema,
    ...limitFormShape,
    containerId: z.string(),
    expiry: z.string(),
    isPermissionsSet: z.boolean(),
    manage: levels,
    completions: levels,
    teamId: z.string(),
    ownerId: z.string(),
    reason: z.string().max(500, 'Keep the reason under 500 characters.'),
    delivery: z.enum(['show', 'hand-over']),
    recipientId: z.string(),
    lifetime: z.enum(['1', '8', '24', '72', '168']),
    isSignInNeeded: z.boolean(),
  })
  .superRefine(checkLimitForm);
export type CreateKeyForm = z.infer<typeof createKeyFormSchema>;

export function emptyCreateKeyForm(connection: KeysTableConnection | undefined): CreateKeyForm {
  return {
    connectionId: connection ? String(connection.id) : '',
    name: '',
    ...toLimitForm({ kind: 'unlimited' }, false, connection?.capabilities.limitPeriods ?? ['monthly']),
    limitKind: 'capped',
    containerId: '',
    expiry: '',
    isPermissionsSet: false,
    manage: 'none',
    completions: 'write',
    teamId: '',
    ownerId: '',
    reason: '',
    delivery: 'show',
    recipientId: '',
    lifetime: '24',
    isSignInNeeded: false,
  };
}

/** What the form holds, as the verb takes it: only what the connection has is sent. */
export function toCreateKeyInput(
  form: CreateKeyForm,
  connection: KeysTableConnection,
): z.input<typeof createKeySchema> | null {
  const { capabilities } = connection;
  const { limit } = readLimitForm(form);
  if (!limit) return null;
  const hasExpiry = capabilities.expiryAtCreation.can || capabilities.expiryLater.can;
  return {
    connectionId: connection.id,
    name: form.name,
    limit,
    ...(capabilities.byokInLimit.can ? { includeByokInLimit: form.includeByok } : {}),
    containerId: capabilities.containerAtCreation.can && form.containerId ? Number(form.containerId) : null,
    expiresAt: hasExpiry && form.expiry ? `${form.expiry}T23:59:59.000Z` : null,
    permissions:
      capabilities.permissionsAtCreation.can && form.isPermissionsSet
        ? { manage: form.manage, completions: form.completions }
        : null,
    teamId: form.teamId ? Number(form.teamId) : null,
    ownerId: form.ownerId || null,
    reason: form.reason,
  };
}

/** To whom the secret goes, and for how long it waits; null when it is shown here. */
export function toHandOverWish(
  form: Pick<CreateKeyForm, 'delivery' | 'recipientId' | 'lifetime' | 'isSignInNeeded'>,
): HandOverWish | null {
  if (form.delivery === 'show') return null;
  const recipientId = form.recipientId || null;
  return {
    recipientId,
    lifetimeHours: Number(form.lifetime),
    isSignInNeeded: form.isSignInNeeded || recipientId !== null,
  };
}

/** Where the verb's field names stand in the form. */
export const formFieldOf: Record<string, keyof CreateKeyForm> = {
  connectionId: 'connectionId',
  name: 'name',
  limit: 'limitKind',
  includeByokInLimit: 'includeByok',
  containerId: 'containerId',
  expiresAt: 'expiry',
  permissions: 'isPermissionsSet',
  teamId: 'teamId',
  ownerId: 'ownerId',
  reason: 'reason',
  handOver: 'recipientId',
};
