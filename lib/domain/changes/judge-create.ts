import type { ProviderKey } from '../keys/provider-key';
import { isSameLimit, type Limit } from '../limits/limit';

/** What a look at all keys says about a create whose answer was lost. */
export type CreateFinding =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly key: ProviderKey }
  /** A person must say: several could be it, or the only one may be someone else's. */
  | { readonly kind: 'ask'; readonly keys: readonly ProviderKey[]; readonly why: string };

export type LostCreate = {
  readonly name: string;
  readonly limit: Limit;
  /** Null: the account's default, or a personal key. */
  readonly containerExternalId: string | null;
  readonly sentAt: Date;
  /** Whether all keys had been read before, so that "unknown" means "new". */
  readonly wasReadBefore: boolean;
};

/** How far a provider's clock may stand from Keyward's before a creation time says "older". */
const CLOCK_SKEW_MS = 300_000;

function isOlder(key: ProviderKey, create: LostCreate): boolean {
  const created = key.createdAt?.getTime();
  return created !== undefined && created < create.sentAt.getTime() - CLOCK_SKEW_MS;
}

function doubtOf(key: ProviderKey, create: LostCreate): string | null {
  if (isOlder(key, create)) return 'The only new key of that name is older than the wish.';
  if (!create.wasReadBefore && !key.createdAt) {
    return 'The keys of this connection had not been read before, so the key of that name may be an old one.';
  }
  if (!isSameLimit(key.limit, create.limit)) return 'The only new key of that name has another limit.';
  const isElsewhere =
    create.containerExternalId !== null &&
    key.containerExternalId !== undefined &&
    key.containerExternalId !== create.containerExternalId;
  return isElsewhere ? 'The only new key of that name belongs to another workspace or group.' : null;
}

/**
 * Finds the key of a create among the keys that were not known before (`newKeys`), by name and time. Decides on
 * one only when nothing speaks against it, since that key will be removed.
 */
export function judgeCreate(create: LostCreate, newKeys: readonly ProviderKey[]): CreateFinding {
  const named = newKeys.filter((key) => key.name === create.name);
  const recent = named.filter((key) => !isOlder(key, create));
  const candidates = recent.length > 0 ? recent : named;
  const [first, ...others] = candidates;
  if (first === undefined) return { kind: 'none' };
  if (others.length > 0) {
    return { kind: 'ask', keys: candidates, why: `${candidates.length} new keys carry that name.` };
  }
  const why = doubtOf(first, create);
  return why === null ? { kind: 'one', key: first } : { kind: 'ask', keys: [first], why };
}
