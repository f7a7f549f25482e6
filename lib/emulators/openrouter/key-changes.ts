import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { dayNumber } from '../shared/clock';
import { createDemand } from '../shared/demand';
import type { Effect } from '../shared/journal';
import { sha256 } from '../shared/prng';
import { badRequest } from './api-error';
import { maskedLabel, type OpenRouterState, ruleOf } from './state';
import type { StoredKey } from './stored';

const LimitResetInput = z.enum(['daily', 'weekly', 'monthly']).nullable();

/** UTC and with seconds: anything else is refused (OpenRouter docs). */
const ExpiryInput = z
  .string()
  .refine(
    (text) => /T\d{2}:\d{2}:\d{2}/.test(text) && z.iso.datetime().safeParse(text).success,
    'Invalid ISO datetime',
  );

export const CreateKeyInput = z.object({
  name: z.string().min(1),
  limit: z.number().nullish(),
  limit_reset: LimitResetInput.optional(),
  include_byok_in_limit: z.boolean().optional(),
  expires_at: ExpiryInput.nullish(),
  creator_user_id: z.string().nullish(),
  workspace_id: z.uuid().optional(),
  external: z.object({ user: z.string().min(1), api_key: z.string().min(32).optional() }).optional(),
});
export type CreateKeyInput = z.output<typeof CreateKeyInput>;

export const UpdateKeyInput = z.object({
  name: z.string().min(1).optional(),
  disabled: z.boolean().optional(),
  limit: z.number().nullish(),
  limit_reset: LimitResetInput.optional(),
  include_byok_in_limit: z.boolean().optional(),
});
export type UpdateKeyInput = z.output<typeof UpdateKeyInput>;

/** Creates a key at once; with `--live` it gets traffic of its own from now on. */
export function createKey(
  state: OpenRouterState,
  input: CreateKeyInput,
  callerUserId: string | null,
  by: Effect['by'] = 'api',
): StoredKey {
  checkLimit(state, input.limit ?? null);
  const workspaceId = input.workspace_id ?? state.defaultWorkspaceId;
  if (!state.workspaces.has(workspaceId)) throw badRequest('workspace_id: Workspace not found');
  const creator = input.creator_user_id;
  if (creator && !state.members.some((member) => member.id === creator)) {
    throw badRequest('creator_user_id: User is not a member of the organization');
  }
  const now = state.now();
  const secret = input.external?.api_key ?? `sk-or-v1-${randomBytes(32).toString('hex')}`;
  const hash = sha256(secret);
  if (state.keys.has(hash)) throw badRequest('external.api_key: This key is already in use');
  const key: StoredKey = {
    hash,
    secret,
    name: input.name,
    label: maskedLabel(secret),
    disabled: false,
    limit: input.limit ?? null,
    limitReset: input.limit_reset ?? null,
    includeByokInLimit: input.include_byok_in_limit ?? false,
    createdAt: now,
    updatedAt: null,
    expiresAt: input.expires_at ? Date.parse(input.expires_at) : null,
    creatorUserId: creator === undefined ? callerUserId : creator,
    externalUser: input.external?.user ?? null,
    workspaceId,
    deletedAt: null,
    isNew: true,
  };
  state.addKey(key);
  addToLedger(state, key);
  state.journal.add(by, 'create', hash, { name: key.name, limit: key.limit, limitReset: key.limitReset });
  return key;
}

/** Absent keeps, null clears. */
export function updateKey(
  state: OpenRouterState,
  key: StoredKey,
  input: UpdateKeyInput,
  by: Effect['by'] = 'api',
): StoredKey {
  if (input.limit !== undefined) checkLimit(state, input.limit);
  if (input.name !== undefined) key.name = input.name;
  if (input.disabled !== undefined) key.disabled = input.disabled;
  if (input.limit !== undefined) key.limit = input.limit;
  if (input.limit_reset !== undefined) key.limitReset = input.limit_reset;
  if (input.include_byok_in_limit !== undefined) key.includeByokInLimit = input.include_byok_in_limit;
  key.updatedAt = state.now();
  state.applyRule(key);
  recordUpdate(state, key, input, by);
  return key;
}

function recordUpdate(state: OpenRouterState, key: StoredKey, input: UpdateKeyInput, by: Effect['by']): void {
  const { journal } = state;
  if (input.name !== undefined) journal.add(by, 'name', key.hash, key.name);
  if (input.disabled !== undefined) journal.add(by, 'disabled', key.hash, key.disabled);
  if (input.limit !== undefined || input.limit_reset !== undefined) {
    journal.add(by, 'limit', key.hash, { limit: key.limit, limitReset: key.limitReset });
  }
  if (input.include_byok_in_limit !== undefined) journal.add(by, 'byok', key.hash, key.includeByokInLimit);
}

/** Final. What the key spent stays in every total. */
export function deleteKey(state: OpenRouterState, key: StoredKey, by: Effect['by'] = 'api'): void {
  key.deletedAt = state.now();
  state.applyRule(key);
  state.journal.add(by, 'delete', key.hash);
}

function addToLedger(state: OpenRouterState, key: StoredKey): void {
  const rules = [{ from: key.createdAt, rule: ruleOf(key, key.createdAt) }];
  if (key.expiresAt !== null && key.expiresAt > key.createdAt) {
    rules.push({ from: key.expiresAt, rule: { kind: 'stopped' as const } });
  }
  const firstDay = dayNumber(key.createdAt);
  const demand = state.live
    ? createDemand({ seed: state.ledger.seed, id: key.hash, kind: 'steady', firstDay, anchorDay: firstDay })
    : 'none';
  state.ledger.addKey({ id: key.hash, createdAt: key.createdAt, demand, rules });
}

function checkLimit(state: OpenRouterState, limit: number | null): void {
  if (limit !== null && limit < 0 && state.switches.refuseNegativeLimits) {
    throw badRequest('limit: Too small: expected number to be >=0');
  }
}
