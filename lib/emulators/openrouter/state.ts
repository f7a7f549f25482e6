import type { EmulatorClock } from '../shared/clock';
import { Journal } from '../shared/journal';
import type { Ledger } from '../shared/ledger';
import { parseNano } from '../shared/money';
import { hashText, type Prng, sha256 } from '../shared/prng';
import type { SpendRule, SpendWindow } from '../shared/spend-rule';
import { notFound } from './api-error';
import type {
  LimitReset,
  ManagementKey,
  StoredAssignment,
  StoredByok,
  StoredGuardrail,
  StoredKey,
  StoredMember,
  StoredWorkspace,
} from './stored';
import type { Switches } from './switches';

/** Everything the emulated account holds, apart from usage, which is the ledger's. */
export class OpenRouterState {
  readonly keys = new Map<string, StoredKey>();
  readonly journal = new Journal();
  readonly managementKeys = new Map<string, ManagementKey>();
  readonly workspaces = new Map<string, StoredWorkspace>();
  readonly guardrails = new Map<string, StoredGuardrail>();
  readonly byok = new Map<string, StoredByok>();
  keyAssignments: StoredAssignment[] = [];
  memberAssignments: StoredAssignment[] = [];
  members: StoredMember[] = [];
  organizationId = '';
  defaultWorkspaceId = '';
  /** Keys of a workspace, newest first, deleted ones included. */
  private readonly byWorkspace = new Map<string, StoredKey[]>();

  constructor(
    readonly clock: EmulatorClock,
    readonly ledger: Ledger,
    readonly prng: Prng,
    public switches: Switches,
    readonly live: boolean,
  ) {}

  now(): number {
    return this.clock.now().getTime();
  }

  addKey(key: StoredKey): void {
    this.keys.set(key.hash, key);
    const list = this.byWorkspace.get(key.workspaceId) ?? [];
    const place = list.findIndex((other) => other.createdAt <= key.createdAt);
    list.splice(place < 0 ? list.length : place, 0, key);
    this.byWorkspace.set(key.workspaceId, list);
  }

  /** For many keys at once, which are given newest first. */
  addSeededKeys(keys: readonly StoredKey[]): void {
    for (const key of keys) {
      this.keys.set(key.hash, key);
      const list = this.byWorkspace.get(key.workspaceId) ?? [];
      list.push(key);
      this.byWorkspace.set(key.workspaceId, list);
    }
  }

  moveKey(key: StoredKey, workspaceId: string): void {
    this.byWorkspace.set(
      key.workspaceId,
      this.keysOf(key.workspaceId).filter((other) => other !== key),
    );
    key.workspaceId = workspaceId;
    this.addKey(key);
  }

  keysOf(workspaceId: string): readonly StoredKey[] {
    return this.byWorkspace.get(workspaceId) ?? [];
  }

  /** A key that was not deleted; throws 404. */
  liveKey(hash: string): StoredKey {
    const key = this.keys.get(hash);
    if (!key || key.deletedAt !== null) throw notFound('API key');
    return key;
  }

  /** By id or slug; throws 404. */
  workspace(reference: string): StoredWorkspace {
    const direct = this.workspaces.get(reference);
    if (direct) return direct;
    for (const workspace of this.workspaces.values()) if (workspace.slug === reference) return workspace;
    throw notFound('Workspace');
  }

  isExpired(key: StoredKey): boolean {
    return key.expiresAt !== null && key.expiresAt <= this.now();
  }

  /** True for a key that may be used for inference as far as it itself is concerned. */
  isUsable(key: StoredKey): boolean {
    return key.deletedAt === null && !key.disabled && !this.isExpired(key);
  }

  /** Tells the ledger what holds for the key from now on. */
  applyRule(key: StoredKey): void {
    this.ledger.setRule(key.hash, this.now(), ruleOf(key, this.now()));
  }

  keyBySecret(secret: string): StoredKey | undefined {
    return this.keys.get(sha256(secret));
  }
}

const WINDOWS: Record<LimitReset, SpendWindow> = { daily: 'day', weekly: 'week', monthly: 'month' };

/** `limit` null is no limit and 0 blocks; BYOK spend counts only with `include_byok_in_limit`. */
export function ruleOf(key: StoredKey, at: number): SpendRule {
  const expired = key.expiresAt !== null && key.expiresAt <= at;
  if (key.disabled || key.deletedAt !== null || expired) return { kind: 'stopped' };
  if (key.limit === null) return { kind: 'open' };
  return {
    kind: 'capped',
    capNano: Number(parseNano(key.limit)),
    window: key.limitReset === null ? 'total' : WINDOWS[key.limitReset],
    countsByok: key.includeByokInLimit,
  };
}

/** `sk-or-v1-f01...943`: as OpenRouter masks a key. */
export function maskedLabel(secret: string): string {
  return `${secret.slice(0, 12)}...${secret.slice(-3)}`;
}

/** The form of live answers: `2025-02-19T20:52:27.363244+00:00`. */
export function timestamp(ms: number): string {
  const micros = String(hashText(String(ms)) % 1000).padStart(3, '0');
  return `${new Date(ms).toISOString().slice(0, -1)}${micros}+00:00`;
}

export function timestampOrNull(ms: number | null): string | null {
  return ms === null ? null : timestamp(ms);
}
