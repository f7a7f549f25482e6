import type { KeyWindows, Spend } from '../shared/ledger';
import { type Nano, nanoToNumber, parseNano } from '../shared/money';
import { type OpenRouterState, timestamp, timestampOrNull } from './state';
import type { LimitReset, StoredKey } from './stored';

/** The eight counters, which run whatever the limit's reset is. */
export function counters(windows: KeyWindows): Record<string, number> {
  return {
    usage: nanoToNumber(windows.lifetime.costNano),
    usage_daily: nanoToNumber(windows.day.costNano),
    usage_weekly: nanoToNumber(windows.week.costNano),
    usage_monthly: nanoToNumber(windows.month.costNano),
    byok_usage: nanoToNumber(windows.lifetime.byokNano),
    byok_usage_daily: nanoToNumber(windows.day.byokNano),
    byok_usage_weekly: nanoToNumber(windows.week.byokNano),
    byok_usage_monthly: nanoToNumber(windows.month.byokNano),
  };
}

export function spendInWindow(windows: KeyWindows, reset: LimitReset | null): Spend {
  switch (reset) {
    case 'daily':
      return windows.day;
    case 'weekly':
      return windows.week;
    case 'monthly':
      return windows.month;
    case null:
      return windows.lifetime;
  }
}

/** `limit` less what was used in the window of `limit_reset`; null without a limit. */
export function remaining(state: OpenRouterState, key: StoredKey, windows: KeyWindows): number | null {
  if (key.limit === null) return null;
  const spend = spendInWindow(windows, key.limitReset);
  const counted: Nano = spend.costNano + (key.includeByokInLimit ? spend.byokNano : 0n);
  const left = parseNano(key.limit) - counted;
  return nanoToNumber(state.switches.clampRemaining && left < 0n ? 0n : left);
}

/** The key object of list, create, get and update: 22 fields, and `last_used_at` of the newer documents. */
export function keyView(state: OpenRouterState, key: StoredKey): Record<string, unknown> {
  const now = state.now();
  const windows = state.ledger.windows(key.hash, now);
  const lastUsed = state.switches.lastUsedAt
    ? { last_used_at: state.ledger.lastUsedAt(key.hash, now)?.toISOString() ?? null }
    : {};
  return {
    hash: key.hash,
    name: key.name,
    label: key.label,
    disabled: key.disabled,
    limit: key.limit,
    limit_remaining: remaining(state, key, windows),
    limit_reset: key.limitReset,
    include_byok_in_limit: key.includeByokInLimit,
    ...counters(windows),
    created_at: timestamp(key.createdAt),
    updated_at: timestampOrNull(key.updatedAt),
    expires_at: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
    creator_user_id: key.creatorUserId,
    external_user: key.externalUser,
    workspace_id: key.workspaceId,
    ...lastUsed,
  };
}
