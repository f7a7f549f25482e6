import type { Limit } from '../limits/limit';

/** How a key stands. Order: what makes it unusable for good comes first. */
export type KeyStatus =
  | 'deleted'
  | 'gone'
  | 'removed'
  | 'deleting'
  | 'expired'
  | 'disabled'
  | 'blocked'
  | 'active';

export const keyStatusWords: Record<KeyStatus, { label: string; explains: string }> = {
  deleted: { label: 'Deleted', explains: 'Deleted from Keyward. Its history stays.' },
  gone: { label: 'Gone', explains: 'No longer found at the provider. Its history stays.' },
  removed: {
    label: 'Connection removed',
    explains: 'Keyward looks after it no more: its connection was removed. Its history stays.',
  },
  deleting: {
    label: 'Being deleted',
    explains: 'Disabled, and deleted for good when its grace period is over. Until then that can be undone.',
  },
  expired: { label: 'Expired', explains: 'Past its expiry; the provider refuses it.' },
  disabled: { label: 'Disabled', explains: 'Switched off; it can be enabled again.' },
  blocked: { label: 'Blocked', explains: 'Its limit is set so that it cannot spend.' },
  active: { label: 'Active', explains: 'The provider accepts it.' },
};

export type KeyStatusFacts = {
  readonly isDeleted: boolean;
  readonly isGone: boolean;
  /** Its connection was removed from Keyward. */
  readonly isRemoved: boolean;
  /** A deletion waits for its grace period to end. */
  readonly isBeingDeleted: boolean;
  readonly isDisabled: boolean;
  readonly expiresAtMs: number | null;
  readonly limit: Limit;
};

export function keyStatus(key: KeyStatusFacts, nowMs: number): KeyStatus {
  if (key.isDeleted) return 'deleted';
  if (key.isGone) return 'gone';
  if (key.isRemoved) return 'removed';
  if (key.isBeingDeleted && key.isDisabled) return 'deleting';
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) return 'expired';
  if (key.isDisabled) return 'disabled';
  return key.limit.kind === 'blocked' ? 'blocked' : 'active';
}

/** Whether the key still exists at its provider, as far as Keyward looks after it. */
export function isLive(status: KeyStatus): boolean {
  return status !== 'deleted' && status !== 'gone' && status !== 'removed';
}
