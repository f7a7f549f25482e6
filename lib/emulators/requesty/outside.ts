import { z } from 'zod';
import { ControlError } from '../shared/control';
import { nanoToDecimalString, parseNano } from '../shared/money';
import { findGroup, findKey, groupView, keyView } from './control-view';
import type { RequestyEmulator } from './emulator';
import { newKey } from './new-key';
import type { RequestyKey } from './types';

const Money = z.union([z.string().regex(/^\d+(\.\d+)?$/), z.number().min(0)]);
const Right = z.enum(['none', 'read', 'write']);
const reference = z.string().min(1);
const KeyFields = z.strictObject({
  name: z.string().min(1).optional(),
  monthly_limit: Money.optional(),
  permissions: z.strictObject({ manage: Right, completions: Right }).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  logging: z.boolean().optional(),
  created_by: z.string().nullable().optional(),
  group_id: z.string().nullable().optional(),
  access_list_id: z.string().nullable().optional(),
  expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
});
type KeyFields = z.output<typeof KeyFields>;

/** A key is named by id, whole secret or (unique) name, a group by id. */
export const OutsideChange = z.discriminatedUnion('op', [
  KeyFields.extend({ op: z.literal('create'), name: z.string().min(1) }),
  KeyFields.extend({ op: z.literal('update'), key: reference }),
  z.strictObject({ op: z.literal('delete'), key: reference }),
  z.strictObject({
    op: z.literal('update-group'),
    group: reference,
    name: z.string().min(1).optional(),
    monthly_limit: Money.nullable().optional(),
    access_list_id: z.string().nullable().optional(),
  }),
  z.strictObject({ op: z.literal('delete-group'), group: reference }),
  z.strictObject({ op: z.literal('set-user-limit'), user: reference, monthly_limit: Money.nullable() }),
  z.strictObject({ op: z.literal('set-balance'), usd: Money }),
  z.strictObject({ op: z.literal('replace-management-key'), secret: z.string().min(1) }),
]);
type OutsideChange = z.output<typeof OutsideChange>;

/** A change made past the API, by the web console or a colleague. Throws a ControlError for what does not exist. */
export function changeFromOutside(emulator: RequestyEmulator, change: OutsideChange): unknown {
  switch (change.op) {
    case 'create': {
      const key = newKey(emulator.random, change.name, emulator.clock.now().getTime());
      key.createdBy = emulator.state.organization.ownerId;
      emulator.state.addKey(key);
      emulator.figures.add(key);
      emulator.state.journal.add('outside', 'create', key.id, { name: change.name });
      return keyView(emulator, applyFields(emulator, key, change));
    }
    case 'update':
      return keyView(emulator, applyFields(emulator, findKey(emulator, change.key), change));
    case 'delete': {
      const key = findKey(emulator, change.key);
      key.deletedAt ??= emulator.clock.now().getTime();
      emulator.figures.changed(key);
      emulator.state.journal.add('outside', 'delete', key.id);
      return { deleted: true };
    }
    case 'update-group':
      return updateGroup(emulator, change);
    case 'delete-group':
      findGroup(emulator, change.group).deletedAt = emulator.clock.now().getTime();
      return { deleted: true };
    case 'set-user-limit':
      return setUserLimit(emulator, change.user, change.monthly_limit);
    case 'set-balance':
      return setBalance(emulator, change.usd);
    case 'replace-management-key':
      emulator.state.replaceSecret(emulator.state.managementKey(), change.secret);
      return { managementKeys: [change.secret] };
  }
}

function applyFields(emulator: RequestyEmulator, key: RequestyKey, fields: KeyFields): RequestyKey {
  key.name = fields.name ?? key.name;
  key.permissions = fields.permissions ?? key.permissions;
  key.labels = fields.labels ?? key.labels;
  key.logging = fields.logging ?? key.logging;
  if (fields.created_by !== undefined) key.createdBy = fields.created_by;
  if (fields.group_id !== undefined) key.groupId = fields.group_id;
  if (fields.access_list_id !== undefined) key.accessListId = fields.access_list_id;
  if (fields.monthly_limit !== undefined) key.monthlyLimit = parseNano(fields.monthly_limit);
  if (fields.expires_at !== undefined) {
    key.expiresAt = fields.expires_at === null ? null : Date.parse(fields.expires_at);
  }
  emulator.figures.changed(key);
  recordFields(emulator, key, fields);
  return key;
}

function recordFields({ state }: RequestyEmulator, key: RequestyKey, fields: KeyFields): void {
  const { journal } = state;
  if (fields.name !== undefined) journal.add('outside', 'name', key.id, key.name);
  if (fields.labels !== undefined) journal.add('outside', 'labels', key.id, key.labels);
  if (fields.expires_at !== undefined) journal.add('outside', 'expiry', key.id, key.expiresAt);
  if (fields.monthly_limit !== undefined) {
    journal.add('outside', 'limit', key.id, { limit: nanoToDecimalString(key.monthlyLimit) });
  }
}

function updateGroup(
  emulator: RequestyEmulator,
  change: Extract<OutsideChange, { op: 'update-group' }>,
): unknown {
  const group = findGroup(emulator, change.group);
  group.name = change.name ?? group.name;
  if (change.monthly_limit !== undefined) group.monthlyLimit = limitOf(change.monthly_limit);
  if (change.access_list_id !== undefined) group.accessListId = change.access_list_id;
  return groupView(group);
}

function setUserLimit(emulator: RequestyEmulator, id: string, limit: string | number | null): unknown {
  const user = emulator.state.users.get(id);
  if (!user) throw new ControlError(`no user ${id}`);
  user.monthlyLimit = limitOf(limit);
  return { id, monthly_limit: limit };
}

/** Deposits or refunds up to the amount, and stops the organization from topping up by itself. */
function setBalance(emulator: RequestyEmulator, usd: string | number): unknown {
  const { organization } = emulator.state;
  organization.topsUpBelow = null;
  organization.deposited += parseNano(usd) - emulator.figures.balance();
  return { balance: nanoToDecimalString(emulator.figures.balance()) };
}

const limitOf = (amount: string | number | null): bigint | null =>
  amount === null ? null : parseNano(amount);
