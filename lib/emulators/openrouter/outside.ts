import { z } from 'zod';
import { ControlError, type ControlHooks, type SpendInput } from '../shared/control';
import { nanoToDecimalString } from '../shared/money';
import { CreateKeyInput, createKey, deleteKey, UpdateKeyInput, updateKey } from './key-changes';
import { keyView } from './key-view';
import { addManagementKey } from './seed';
import type { OpenRouterState } from './state';
import type { StoredKey } from './stored';
import { Switches } from './switches';

const key = z.string().min(1);
const Outside = z.discriminatedUnion('op', [
  CreateKeyInput.extend({ op: z.literal('create') }),
  UpdateKeyInput.extend({ op: z.literal('update'), key }),
  z.object({ op: z.literal('delete'), key }),
  z.object({ op: z.literal('move'), key, workspace: z.string() }),
  z.object({ op: z.literal('replace-management-key'), secret: z.string().min(1) }),
]);

/** What `/__control` can do to this account. A key is named by hash, whole secret or (unique) name. */
export function controlHooks(state: OpenRouterState): ControlHooks {
  return {
    journal: state.journal,
    state: (query) => stateView(state, query),
    outside: (body) => changeOutside(state, Outside.parse(body)),
    spend: (input) => spend(state, input),
    switches: () => state.switches,
    setSwitches: (patch) => {
      const given = z.record(z.string(), z.unknown()).parse(patch);
      state.switches = Switches.parse({ ...state.switches, ...given });
      return state.switches;
    },
  };
}

function changeOutside(state: OpenRouterState, change: z.output<typeof Outside>): unknown {
  switch (change.op) {
    case 'create':
      return trueKey(state, createKey(state, change, state.members[0]?.id ?? null, 'outside'));
    case 'update':
      return trueKey(state, updateKey(state, findKey(state, change.key), change, 'outside'));
    case 'delete':
      deleteKey(state, findKey(state, change.key), 'outside');
      return { deleted: true };
    case 'move': {
      const found = findKey(state, change.key);
      state.moveKey(found, state.workspace(change.workspace).id);
      return trueKey(state, found);
    }
    case 'replace-management-key':
      state.managementKeys.clear();
      addManagementKey(state, change.secret);
      return { managementKeys: [change.secret] };
  }
}

function spend(state: OpenRouterState, input: SpendInput): unknown {
  const found = findKey(state, input.key);
  const allowed = state.ledger.spend(found.hash, state.now(), {
    usd: input.usd,
    modelId: input.model,
    requests: input.requests,
  });
  return { key: found.hash, requestsAllowed: allowed, requestsRefused: (input.requests ?? 1) - allowed };
}

function findKey(state: OpenRouterState, reference: string): StoredKey {
  const found =
    state.keys.get(reference) ??
    state.keyBySecret(reference) ??
    [...state.keys.values()].find((each) => each.name === reference && each.deletedAt === null);
  if (!found) throw new ControlError(`no key ${reference.slice(0, 12)}…`);
  return found;
}

function trueKey(state: OpenRouterState, found: StoredKey): Record<string, unknown> {
  return {
    ...keyView(state, found),
    secret: found.secret,
    isNew: found.isNew,
    isUsable: state.isUsable(found),
    maySpend: state.ledger.maySpend(found.hash, state.now()),
    deletedAt: found.deletedAt === null ? null : new Date(found.deletedAt).toISOString(),
  };
}

/** `?key=` narrows to one key; `?new=true` to those that were not seeded. */
function stateView(state: OpenRouterState, query: Record<string, string>): unknown {
  const all = query.key === undefined ? [...state.keys.values()] : [findKey(state, query.key)];
  const keys = query.new === 'true' ? all.filter((each) => each.isNew) : all;
  return {
    now: state.clock.now().toISOString(),
    organizationId: state.organizationId,
    defaultWorkspaceId: state.defaultWorkspaceId,
    workspaces: [...state.workspaces.values()].map(({ id, slug, name }) => ({ id, slug, name })),
    members: state.members,
    managementKeys: [...state.managementKeys.values()].map((each) => each.secret),
    totalUsage: nanoToDecimalString(state.ledger.total(state.now()).costNano),
    keys: keys.map((each) => trueKey(state, each)),
  };
}
