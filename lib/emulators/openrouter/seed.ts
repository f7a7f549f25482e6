import { DAY_MS } from '../shared/clock';
import { EMULATOR_DEFAULTS, type EmulatorOptions } from '../shared/options';
import { seedPeople } from '../shared/people';
import { createPrng, sha256 } from '../shared/prng';
import { spendOf } from './check-budgets';
import { addDefaultGuardrail, assignKeys } from './guardrail-changes';
import { seedKeys } from './seed-keys';
import { maskedLabel, type OpenRouterState } from './state';
import type { StoredGuardrail, StoredMember, StoredWorkspace } from './stored';
import { roleOf } from './workspace-view';

const WORKSPACES: { name: string; slug: string; description: string | null }[] = [
  { name: 'Default', slug: 'default', description: null },
  { name: 'Customer products', slug: 'customer-products', description: 'What customers talk to' },
  { name: 'Research', slug: 'research', description: 'Evaluations and experiments' },
];

/** Fills an empty account; the same options give the same account. Returns the management key's text. */
export function seedState(state: OpenRouterState, options: EmulatorOptions): string {
  const seed = options.seed ?? EMULATOR_DEFAULTS.seed;
  const prng = createPrng(`${seed}/openrouter`);
  const count = options.keys ?? EMULATOR_DEFAULTS.keys;
  const historyDays = options.historyDays ?? EMULATOR_DEFAULTS.historyDays;
  const anchorMs = state.ledger.anchorDay * DAY_MS;
  const beganAt = anchorMs - historyDays * DAY_MS;

  state.organizationId = `org_2dHFt${prng.fork('organization').hex(22)}`;
  const people = prng.fork('people');
  const memberCount = Math.min(400, Math.max(10, Math.ceil(count / 10)));
  state.members = seedPeople(
    people,
    memberCount,
    (index) => `user_2dHF${people.fork(String(index)).hex(23)}`,
  ).map(
    (person): StoredMember => ({
      id: person.id,
      email: person.email,
      first_name: person.firstName,
      last_name: person.lastName,
      role: person.isAdmin ? 'org:admin' : 'org:member',
    }),
  );
  for (const [index, description] of WORKSPACES.entries()) {
    addWorkspace(state, description, beganAt + index * 40 * DAY_MS);
  }
  seedBudget(state, anchorMs);
  seedKeys(state, { seed, count, beganAt, historyDays });
  seedTightBudgets(state, anchorMs, historyDays);
  return addManagementKey(
    state,
    options.managementKey ?? `sk-or-v1-${sha256(`${seed}/openrouter/management`)}`,
  );
}

export function addManagementKey(state: OpenRouterState, secret: string): string {
  const hash = sha256(secret);
  const creatorUserId = state.members[0]?.id ?? '';
  state.managementKeys.set(hash, { hash, secret, name: maskedLabel(secret), creatorUserId });
  return secret;
}

function addWorkspace(
  state: OpenRouterState,
  described: (typeof WORKSPACES)[number],
  createdAt: number,
): void {
  const id = state.prng.uuid();
  const at = Math.min(createdAt, state.now());
  const workspace: StoredWorkspace = {
    id,
    ...described,
    defaultGuardrailId: addDefaultGuardrail(state, id, at).id,
    settings: {},
    includeByokInBudgets: false,
    budgets: new Map(),
    members: new Map(),
    createdAt: at,
    createdBy: state.members[0]?.id ?? null,
    updatedAt: null,
  };
  if (state.workspaces.size === 0) state.defaultWorkspaceId = id;
  else {
    for (const member of state.members) {
      if (state.prng.next() > 0.6) continue;
      workspace.members.set(member.id, { id: state.prng.uuid(), role: roleOf(member), createdAt: at });
    }
  }
  state.workspaces.set(id, workspace);
}

function seedBudget(state: OpenRouterState, at: number): void {
  const research = [...state.workspaces.values()].at(-1);
  research?.budgets.set('monthly', { id: state.prng.uuid(), limitUsd: 25_000, createdAt: at, updatedAt: at });
}

/** A weekly budget with some room over a usual week, and a guardrail for five keys of the last workspace. */
function seedTightBudgets(state: OpenRouterState, at: number, historyDays: number): void {
  const [, products, research] = [...state.workspaces.values()];
  if (!products || !research) return;
  const spent = Number(spendOf(state, state.keysOf(products.id), null, false)) / 1e9;
  const limitUsd = 5 * Math.max(1, Math.ceil((spent / historyDays) * 7 * 0.32));
  products.budgets.set('weekly', { id: state.prng.uuid(), limitUsd, createdAt: at, updatedAt: at });
  const guardrail: StoredGuardrail = {
    id: state.prng.uuid(),
    workspaceId: research.id,
    isDefault: false,
    name: 'Experiments',
    fields: { limit_usd: 10, reset_interval: 'daily' },
    createdAt: at,
    updatedAt: null,
  };
  state.guardrails.set(guardrail.id, guardrail);
  const keys = state.keysOf(research.id).slice(0, 5);
  assignKeys(
    state,
    guardrail,
    keys.map(({ hash }) => hash),
    state.members[0]?.id ?? null,
  );
}
