import 'server-only';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';

export type KeyColumn = {
  readonly name: string;
  readonly type: 'text' | 'boolean' | 'numeric' | 'timestamptz' | 'jsonb';
  /** Undefined: this answer does not say, so what is known stays. */
  readonly read: (key: ProviderKey) => string | boolean | Date | null | undefined;
  /** Keyward can write it: a read that began before Keyward's last write must not undo that. */
  readonly isOurs?: true;
};

function json(value: unknown): string | null | undefined {
  return value === undefined || value === null ? value : JSON.stringify(value);
}

/** How a key as the provider tells it stands in the columns of `keys`. The container is resolved apart. */
export const keyColumns: readonly KeyColumn[] = [
  { name: 'name', type: 'text', read: (key) => key.name, isOurs: true },
  { name: 'masked_label', type: 'text', read: (key) => key.maskedLabel },
  { name: 'is_disabled', type: 'boolean', read: (key) => key.isDisabled, isOurs: true },
  { name: 'limit_kind', type: 'text', read: (key) => key.limit.kind, isOurs: true },
  {
    name: 'limit_amount',
    type: 'numeric',
    read: ({ limit }) => (limit.kind === 'capped' ? limit.amount : null),
    isOurs: true,
  },
  {
    name: 'limit_period',
    type: 'text',
    read: ({ limit }) => (limit.kind === 'capped' ? limit.period : null),
    isOurs: true,
  },
  { name: 'limit_remaining', type: 'numeric', read: (key) => key.limitRemaining, isOurs: true },
  { name: 'include_byok_in_limit', type: 'boolean', read: (key) => key.includeByokInLimit, isOurs: true },
  { name: 'spend_daily', type: 'numeric', read: (key) => key.spend.daily },
  { name: 'spend_weekly', type: 'numeric', read: (key) => key.spend.weekly },
  { name: 'spend_monthly', type: 'numeric', read: (key) => key.spend.monthly },
  { name: 'spend_lifetime', type: 'numeric', read: (key) => key.spend.lifetime },
  { name: 'byok_daily', type: 'numeric', read: (key) => key.byokSpend.daily },
  { name: 'byok_weekly', type: 'numeric', read: (key) => key.byokSpend.weekly },
  { name: 'byok_monthly', type: 'numeric', read: (key) => key.byokSpend.monthly },
  { name: 'byok_lifetime', type: 'numeric', read: (key) => key.byokSpend.lifetime },
  { name: 'expires_at', type: 'timestamptz', read: (key) => key.expiresAt, isOurs: true },
  { name: 'provider_created_at', type: 'timestamptz', read: (key) => key.createdAt },
  { name: 'provider_updated_at', type: 'timestamptz', read: (key) => key.updatedAt },
  { name: 'last_used_at', type: 'timestamptz', read: (key) => key.lastUsedAt },
  {
    name: 'creator_external_id',
    type: 'text',
    read: ({ creator }) => (creator ? creator.externalId : creator),
  },
  { name: 'creator_email', type: 'text', read: ({ creator }) => (creator ? creator.email : creator) },
  { name: 'labels', type: 'jsonb', read: (key) => json(key.labels), isOurs: true },
  { name: 'permissions', type: 'jsonb', read: (key) => json(key.permissions), isOurs: true },
];
