import type { Generation } from '@/lib/domain/connections/provider-kind';
import type { KeyLabels, KeyPermissions } from '@/lib/domain/keys/key-input';
import { NO_COUNTERS, type ProviderKey } from '@/lib/domain/keys/provider-key';
import { parseUsd } from '@/lib/domain/money/usd';
import { isRecord, lenientText } from '../http/lenient';
import type { NewProviderKey, ProviderContainer, ProviderMember } from '../port';
import { readLimit, writeLimit } from './limit-wire';
import { groupSchema, keyRowSchema, permissionsSchema } from './wire';

/** Which answer a key comes from: they tell different things. */
export type KeySource = 'list' | 'detail' | 'classic_list';

export function listSourceOf(generation: Generation): KeySource {
  return generation === 'classic' ? 'classic_list' : 'list';
}

/** Null when what a key cannot do without is missing or unreadable. */
export function toKey(row: unknown, source: KeySource): ProviderKey | null {
  const parsed = keyRowSchema.safeParse(row);
  if (!parsed.success) return null;
  const { id, name, monthly_limit, monthly_spend, permissions, labels, created_by, group } = parsed.data;
  const limit = readLimit(monthly_limit);
  if (limit === null) return null;
  return {
    externalId: id,
    name,
    isDisabled: false,
    limit,
    spend: { ...NO_COUNTERS, monthly: parseUsd(monthly_spend ?? 0) },
    byokSpend: NO_COUNTERS,
    permissions: permissionsOf(permissions),
    ...(source === 'list' ? { labels: labelsOf(labels), creator: creatorOf(created_by) } : {}),
    ...(source === 'classic_list' ? {} : { containerExternalId: groupIdOf(group) }),
  };
}

function permissionsOf(value: unknown): KeyPermissions | undefined {
  const parsed = permissionsSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** A key without labels is listed without the field. */
function labelsOf(value: unknown): KeyLabels {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function creatorOf(value: unknown): ProviderKey['creator'] {
  const id = isRecord(value) ? lenientText(value.id) : null;
  return id === null || !isRecord(value) ? undefined : { externalId: id, email: lenientText(value.email) };
}

/** A key without a group is a personal one. */
function groupIdOf(value: unknown): string | null {
  return isRecord(value) ? lenientText(value.id) : null;
}

export function toContainer(row: unknown): ProviderContainer | null {
  const parsed = groupSchema.safeParse(row);
  if (!parsed.success) return null;
  const { id, name = id } = parsed.data;
  return { externalId: id, kind: 'group', name, isDefault: false };
}

export function toMember(row: unknown): ProviderMember | null {
  if (!isRecord(row)) return null;
  const externalId = lenientText(row.id) ?? lenientText(row.user_id);
  if (externalId === null) return null;
  return {
    externalId,
    email: lenientText(row.email),
    name: lenientText(row.name),
    role: lenientText(row.role),
  };
}

/** Labels and expiry are calls of their own; permissions go whole or not at all. */
export function toCreateBody(key: NewProviderKey): Record<string, unknown> {
  return {
    name: key.name,
    monthly_limit: writeLimit(key.limit),
    permissions: key.permissions ?? undefined,
    group_id: key.containerExternalId ?? undefined,
  };
}
