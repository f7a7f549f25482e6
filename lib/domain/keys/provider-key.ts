import type { Limit } from '../limits/limit';
import type { Usd } from '../money/usd';
import type { KeyLabels, KeyPermissions } from './key-input';

/** The provider's own running counters; null where it does not give that one. */
export type SpendCounters = {
  readonly daily: Usd | null;
  readonly weekly: Usd | null;
  readonly monthly: Usd | null;
  readonly lifetime: Usd | null;
};

export const NO_COUNTERS: SpendCounters = { daily: null, weekly: null, monthly: null, lifetime: null };

/** A key as a provider tells it. `null` means "there is none", `undefined` "this answer does not say". */
export type ProviderKey = {
  readonly externalId: string;
  readonly name: string;
  readonly maskedLabel?: string | undefined;
  readonly isDisabled: boolean;
  readonly limit: Limit;
  readonly includeByokInLimit?: boolean | undefined;
  /** What is left in the current window, as the provider says it; may be negative. */
  readonly limitRemaining?: Usd | null | undefined;
  readonly spend: SpendCounters;
  readonly byokSpend: SpendCounters;
  readonly expiresAt?: Date | null | undefined;
  readonly createdAt?: Date | null | undefined;
  readonly updatedAt?: Date | null | undefined;
  readonly lastUsedAt?: Date | null | undefined;
  readonly creator?: { readonly externalId: string; readonly email: string | null } | null | undefined;
  /** The workspace or group it belongs to; null for a personal key. */
  readonly containerExternalId?: string | null | undefined;
  readonly labels?: KeyLabels | undefined;
  readonly permissions?: KeyPermissions | null | undefined;
};
