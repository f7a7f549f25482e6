import type { BudgetAnswer } from '@/lib/domain/binds/provider-budget';
import type { Capabilities, ContainerKind } from '@/lib/domain/connections/capabilities';
import type { Generation } from '@/lib/domain/connections/provider-kind';
import type { KeyLabels, KeyPermissions } from '@/lib/domain/keys/key-input';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import type { Limit } from '@/lib/domain/limits/limit';
import type { Usd } from '@/lib/domain/money/usd';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageFact, UsageSource } from '@/lib/domain/usage/usage-fact';

/** What a connection is made of; the adapter keeps the key in memory and sends it to `baseUrl`'s origin only. */
export type ProviderConfig = {
  readonly baseUrl: string;
  readonly managementKey: string;
  /** Undefined while a connection is being tested: the adapter then finds it out. */
  readonly generation?: Generation | undefined;
  readonly rateLimiter: RateLimiter;
  readonly now: () => Date;
  readonly timeoutMs?: number | undefined;
  /** What connects; the global `fetch` unless given. */
  readonly fetch?: typeof fetch | undefined;
};

/** One per provider account, shared by reads and changes; a person's change goes first. */
export type RateLimiter = {
  /** Resolves when a call may start, with the function that tells that it has ended. Rejects with the signal's reason. */
  acquire(priority: 'change' | 'read', signal?: AbortSignal): Promise<() => void>;
  /** Tells that the provider asked for a pause of so many milliseconds. */
  pause(ms: number): void;
};

export type CallOptions = { readonly signal?: AbortSignal | undefined };
export type ReadOptions = CallOptions & {
  /** Called after each page or window with how many items are done. */
  readonly onProgress?: ((done: number, total: number | null) => void) | undefined;
};

export type ListKeysOptions = ReadOptions & {
  /** Called with the keys of each page as it arrives; the answer alone counts. */
  readonly onKeys?: ((keys: readonly ProviderKey[]) => void) | undefined;
};

export type ProviderContainer = {
  readonly externalId: string;
  readonly kind: ContainerKind;
  readonly name: string;
  readonly isDefault: boolean;
};

export type ProviderMember = {
  readonly externalId: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: string | null;
};

/** What "Test" found, before anything is stored. */
export type ConnectionReport = {
  readonly generation: Generation;
  readonly accountName: string | null;
  readonly keyCount: number;
  readonly containerCount: number;
  readonly balance: Usd | null;
  /** Rights in the provider's own words, each with whether the management key has it; null = could not be told. */
  readonly rights: readonly { readonly name: string; readonly isPresent: boolean | null }[];
  readonly capabilities: Capabilities;
  /** The management key's own id among the keys; null where the provider does not list it or does not say. */
  readonly ownKeyExternalId: string | null;
};

/** Requests since a moment that the provider's resolution allows: the wished-for one or somewhat earlier. */
export type RequestCount = { readonly requests: number; readonly since: Date };

export type NewProviderKey = {
  readonly name: string;
  readonly limit: Limit;
  readonly includeByokInLimit?: boolean | undefined;
  readonly containerExternalId?: string | null | undefined;
  readonly expiresAt?: Date | null | undefined;
  readonly permissions?: KeyPermissions | null | undefined;
};

/** What a create answers. The secret lives in memory only, and is shown or sealed once. */
export type CreatedProviderKey = { readonly externalId: string; readonly secret: string };

/**
 * Only what was edited; absent means untouched. `limit.from` is the limit as it stands, so that an adapter
 * sends the amount, the period or both: only what differs between the two.
 */
export type ProviderKeyPatch = {
  readonly name?: string | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly limit?: { readonly from: Limit; readonly to: Limit } | undefined;
  readonly includeByokInLimit?: boolean | undefined;
  readonly labels?: KeyLabels | undefined;
  readonly expiresAt?: Date | null | undefined;
};

/** The keys of an account. `isComplete` is false when part of it could not be read: nothing may then be called gone. */
export type KeyInventory = {
  readonly keys: readonly ProviderKey[];
  readonly containers: readonly ProviderContainer[];
  readonly isComplete: boolean;
  readonly failure: string | null;
};

export type UsageWindow = { readonly from: UtcDay; readonly to: UtcDay };

/** Facts of one window. Days in `coveredDays` were answered whole (a day without facts was a day without use). */
export type UsageBatch = {
  readonly facts: readonly UsageFact[];
  readonly coveredDays: readonly UtcDay[];
  readonly source: UsageSource;
  /** Why other days of the window are missing, in words for people. */
  readonly gap: string | null;
  /** Asked-for keys that the provider did not answer for: `coveredDays` says nothing of them. */
  readonly missingKeys: readonly string[];
};

export type ProviderReads = {
  /** Proves the key and reports what it may do. Throws `ProviderError` unauthorized / forbidden / unavailable / invalid_response. */
  inspect(options?: CallOptions): Promise<ConnectionReport>;
  /** Every key of every workspace or group, disabled and expired ones too, each once. Throws only when nothing could be read. */
  listKeys(options?: ListKeysOptions): Promise<KeyInventory>;
  /** One key by its id; throws `not_found`. Fields that only the listing tells are undefined. */
  getKey(externalId: string, options?: CallOptions): Promise<ProviderKey>;
  /** Throws `unsupported` where the provider has none. */
  listMembers(options?: ReadOptions): Promise<readonly ProviderMember[]>;
  getBalance(options?: CallOptions): Promise<Usd | null>;
  /**
   * The limits above the keys of these workspaces or groups, each kind with how well it is known: a kind that could
   * not be read is told as such instead of thrown. Throws `unsupported` where the provider tells none.
   */
  readBudgets(containerExternalIds: readonly string[], options?: CallOptions): Promise<BudgetAnswer>;
  /** The management key's own id among the keys; null where the provider does not list it or does not say. */
  findOwnKey(options?: CallOptions): Promise<string | null>;
  /** Requests of a key since `since`, now included. Throws `unsupported` where days are all that is told. */
  countRequests(externalId: string, since: Date, options?: CallOptions): Promise<RequestCount>;
  /** Usage of the given keys in a window, split into as many calls as the provider needs. */
  readUsage(
    window: UsageWindow,
    keyExternalIds: readonly string[],
    options?: ReadOptions,
  ): Promise<UsageBatch>;
};

/**
 * Writes. Sent once, never retried: a time-out, a dropped connection, a redirect, a 408, a 5xx or an unreadable
 * answer is `unknown_outcome`, any other 4xx is a refusal with its own kind; `unavailable` means that no
 * connection came about, so nothing was sent. A caller's abort before sending rejects with the signal's reason;
 * after it, `unknown_outcome`. Only `lib/server/changes` may call these.
 */
export type ProviderWrites = {
  createKey(key: NewProviderKey, options?: CallOptions): Promise<CreatedProviderKey>;
  /** Throws `unsupported` for a field that the provider cannot change. */
  updateKey(externalId: string, patch: ProviderKeyPatch, options?: CallOptions): Promise<void>;
  deleteKey(externalId: string, options?: CallOptions): Promise<void>;
};

export type Provider = {
  readonly capabilities: Capabilities;
  readonly reads: ProviderReads;
  readonly writes: ProviderWrites;
};
