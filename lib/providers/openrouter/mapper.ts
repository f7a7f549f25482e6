import type { ProviderKey, SpendCounters } from '@/lib/domain/keys/provider-key';
import { isRecord, lenientBoolean, lenientDate, lenientText, lenientUsd } from '../http/lenient';
import type { NewProviderKey, ProviderContainer, ProviderKeyPatch, ProviderMember } from '../port';
import { readLimit, writeLimit, writeLimitChange } from './limit-wire';
import { type KeyRow, keyRowSchema, memberSchema, workspaceSchema } from './wire';

/** A key of the listing or of a single read; null when what it cannot do without is missing or unknown. */
export function toKey(row: unknown, workspaceId?: string): ProviderKey | null {
  const parsed = keyRowSchema.safeParse(row);
  return parsed.success ? keyOf(parsed.data, workspaceId) : null;
}

function keyOf(row: KeyRow, workspaceId: string | undefined): ProviderKey | null {
  const limit = readLimit(row);
  if (limit === null) return null;
  const creator = lenientText(row.creator_user_id);
  return {
    externalId: row.hash,
    name: row.name,
    maskedLabel: lenientText(row.label) ?? undefined,
    isDisabled: row.disabled,
    limit,
    includeByokInLimit: lenientBoolean(row.include_byok_in_limit),
    limitRemaining: row.limit_remaining === undefined ? undefined : lenientUsd(row.limit_remaining),
    ...countersOf(row),
    expiresAt: whenTold(row.expires_at),
    createdAt: whenTold(row.created_at),
    updatedAt: whenTold(row.updated_at),
    lastUsedAt: whenTold(row.last_used_at),
    creator: creator === null ? null : { externalId: creator, email: null },
    containerExternalId: lenientText(row.workspace_id) ?? workspaceId,
  };
}

function countersOf(row: KeyRow): { spend: SpendCounters; byokSpend: SpendCounters } {
  return {
    spend: {
      daily: lenientUsd(row.usage_daily),
      weekly: lenientUsd(row.usage_weekly),
      monthly: lenientUsd(row.usage_monthly),
      lifetime: lenientUsd(row.usage),
    },
    byokSpend: {
      daily: lenientUsd(row.byok_usage_daily),
      weekly: lenientUsd(row.byok_usage_weekly),
      monthly: lenientUsd(row.byok_usage_monthly),
      lifetime: lenientUsd(row.byok_usage),
    },
  };
}

/** Null stays "there is none"; absent or unreadable is "not told". */
function whenTold(value: unknown): Date | null | undefined {
  return value === null ? null : (lenientDate(value) ?? undefined);
}

export function toContainer(row: unknown): ProviderContainer | null {
  const parsed = workspaceSchema.safeParse(row);
  if (!parsed.success) return null;
  const { id, name, slug, is_default } = parsed.data;
  return {
    externalId: id,
    kind: 'workspace',
    name: name ?? slug ?? id,
    isDefault: lenientBoolean(is_default) ?? slug === 'default',
  };
}

export function toMember(row: unknown): ProviderMember | null {
  const parsed = memberSchema.safeParse(row);
  if (!parsed.success) return null;
  const { id, email, first_name, last_name, role } = parsed.data;
  const name = [first_name, last_name].map(lenientText).filter(Boolean).join(' ');
  return {
    externalId: id,
    email: lenientText(email),
    name: name === '' ? null : name,
    role: lenientText(role)?.replace(/^org:/, '') ?? null,
  };
}

/** The body of a create. OpenRouter takes an expiry in UTC with seconds only. */
export function toCreateBody(key: NewProviderKey): Record<string, unknown> {
  return {
    name: key.name,
    ...writeLimit(key.limit),
    include_byok_in_limit: key.includeByokInLimit,
    workspace_id: key.containerExternalId ?? undefined,
    expires_at: key.expiresAt?.toISOString(),
  };
}

/** Only what was edited: OpenRouter keeps what is absent. */
export function toPatchBody(patch: ProviderKeyPatch): Record<string, unknown> {
  return {
    name: patch.name,
    disabled: patch.isDisabled,
    include_byok_in_limit: patch.includeByokInLimit,
    ...(patch.limit === undefined ? {} : writeLimitChange(patch.limit.from, patch.limit.to)),
  };
}

export function hashOf(row: unknown): string | null {
  return isRecord(row) ? lenientText(row.hash) : null;
}
