import { Journal } from '../shared/journal';
import type { AccessList, Organization, RequestyGroup, RequestyKey, RequestyUser } from './types';

/**
 * What the organization holds. Deleted keys and groups stay behind as tombstones, since their past spend
 * still counts; the lookups below never find them.
 */
export class RequestyState {
  readonly keys = new Map<string, RequestyKey>();
  readonly journal = new Journal();
  readonly groups = new Map<string, RequestyGroup>();
  readonly users = new Map<string, RequestyUser>();
  readonly accessLists = new Map<string, AccessList>();
  private readonly keysBySecret = new Map<string, RequestyKey>();

  constructor(readonly organization: Organization) {}

  addKey(key: RequestyKey): void {
    this.keys.set(key.id, key);
    this.keysBySecret.set(key.secret, key);
  }

  /** The seeded key that manages; it may have been deleted since. */
  managementKey(): RequestyKey {
    const [first] = this.keys.values();
    if (!first) throw new RangeError('the organization has no key');
    return first;
  }

  /** As the web console's rotation: the old secret is void at once. */
  replaceSecret(key: RequestyKey, secret: string): void {
    this.keysBySecret.delete(key.secret);
    key.secret = secret;
    this.keysBySecret.set(secret, key);
  }

  findKey(id: string): RequestyKey | null {
    const key = this.keys.get(id);
    return key && key.deletedAt === null ? key : null;
  }

  /** A key that is deleted or expired at `now` is not found, as for the router. */
  findKeyBySecret(secret: string, now: number): RequestyKey | null {
    const key = this.keysBySecret.get(secret);
    if (!key || key.deletedAt !== null) return null;
    return isExpired(key, now) ? null : key;
  }

  findGroup(id: string): RequestyGroup | null {
    const group = this.groups.get(id);
    return group && group.deletedAt === null ? group : null;
  }

  liveKeys(): RequestyKey[] {
    return [...this.keys.values()].filter((key) => key.deletedAt === null);
  }

  liveGroups(): RequestyGroup[] {
    return [...this.groups.values()].filter((group) => group.deletedAt === null);
  }

  /** The key's group while both exist. */
  groupOf(key: RequestyKey): RequestyGroup | null {
    return key.groupId === null ? null : this.findGroup(key.groupId);
  }
}

export function isExpired(key: RequestyKey, now: number): boolean {
  return key.expiresAt !== null && key.expiresAt <= now;
}
