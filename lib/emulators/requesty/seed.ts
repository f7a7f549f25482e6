import { DAY_MS, dayNumber } from '../shared/clock';
import { createDemand, type DemandKind, type DemandProfile, typicalDayNano } from '../shared/demand';
import { Ledger } from '../shared/ledger';
import { NANO_PER_USD } from '../shared/money';
import { createPrng, type Prng } from '../shared/prng';
import { ruleAt } from './figures';
import { createSecret, newKey } from './new-key';
import { createNamer, drawLabels } from './seed-keys';
import { ORIGINS } from './seed-names';
import { seedAccessLists, seedGroups, seedUsers } from './seed-people';
import { RequestyState } from './state';
import type { RequestyKey } from './types';

export type SeedOptions = {
  seed: number | string;
  /** Keys in all, the managing one included. */
  keys: number;
  historyDays: number;
  /** Epoch milliseconds; the history ends on this day, and nothing depends on the time of the day. */
  anchor: number;
  /** Drawn from the seed when absent. */
  managementKey?: string | undefined;
};

type Seeded = { state: RequestyState; ledger: Ledger; managementKey: string };

const TYPICAL_DAYS_A_MONTH = 26n;

/** The whole organization and its request history, a function of the options alone. */
export function seedOrganization(wanted: SeedOptions): Seeded {
  const options = { ...wanted, anchor: dayNumber(wanted.anchor) * DAY_MS };
  const prng = createPrng(`requesty/${options.seed}`);
  const state = new RequestyState({
    id: prng.fork('organization').uuid(),
    name: 'Acme Corp',
    deposited: 0n,
    topsUpBelow: 250n * NANO_PER_USD,
    groupAccessListId: null,
    ownerId: '',
  });
  seedUsers(state, prng.fork('users'), options.keys);
  seedAccessLists(state, prng.fork('access-lists'));
  const oldest = options.anchor - options.historyDays * DAY_MS;
  seedGroups(state, prng.fork('groups'), oldest);
  const ledger = new Ledger({ seed: options.seed, anchor: options.anchor });
  const managing = seedManagementKey(state, ledger, prng.fork('management'), options, oldest);
  seedKeys(state, ledger, prng, options, oldest);
  setGroupLimits(state);
  const spent = ledger.total(options.anchor).costNano;
  const twoMonths = (spent * 60n) / BigInt(options.historyDays);
  state.organization.deposited = roundUp(spent + twoMonths, 500n * NANO_PER_USD) + 1000n * NANO_PER_USD;
  return { state, ledger, managementKey: managing.secret };
}

function seedManagementKey(
  state: RequestyState,
  ledger: Ledger,
  prng: Prng,
  options: SeedOptions,
  createdAt: number,
): RequestyKey {
  const key: RequestyKey = {
    ...newKey(prng, 'keyward-management', createdAt),
    isNew: false,
    secret: options.managementKey ?? createSecret(prng),
    permissions: { manage: 'write', completions: 'none' },
    createdBy: state.organization.ownerId,
    logging: false,
  };
  state.addKey(key);
  ledger.addKey({
    id: key.id,
    createdAt,
    demand: 'none',
    rules: [{ from: createdAt, rule: ruleAt(key, createdAt) }],
  });
  return key;
}

function seedKeys(
  state: RequestyState,
  ledger: Ledger,
  root: Prng,
  options: SeedOptions,
  oldest: number,
): void {
  const groups = state.liveGroups();
  const nextName = createNamer();
  for (let index = 0; index < options.keys - 1; index += 1) {
    const prng = root.fork(`key ${index}`);
    const groupIndex = index % (groups.length + 1);
    const group = groups[groupIndex];
    const kind = demandKind(index);
    const createdAt = kind === 'leaked' ? oldest : creationTime(prng, oldest, options.anchor);
    const name = nextName(prng, groupIndex);
    const key = { ...newKey(prng, name, createdAt), isNew: false };
    const owner = prng.pick(group ? [...group.members.keys()] : [...state.users.keys()]);
    key.groupId = group?.id ?? null;
    key.createdBy = index % 17 === 5 ? null : owner;
    Object.assign(key, drawLabels(prng, name, group?.name ?? null));
    key.permissions = permissionsOf(index);
    key.origin = prng.next() < 0.8 ? prng.pick(ORIGINS) : null;
    key.policy = prng.next() < 0.15 ? prng.pick(['policy/balanced', 'policy/low-cost']) : null;
    key.isByok = prng.next() < 0.12;
    key.logging = prng.next() < 0.7;
    key.accessListId = index % 40 === 7 ? (state.accessLists.keys().next().value ?? null) : null;
    const demand = drawDemand(
      options,
      key,
      kind,
      prng.next() < 0.06 || key.permissions.completions === 'none',
    );
    key.monthlyLimit = kind === 'leaked' ? 0n : drawLimit(prng, demand);
    key.expiresAt = expiryOf(prng, index, options.anchor);
    addSeeded(state, ledger, key, demand);
  }
}

/** One key runs away, so that there is always one to find; every ninth is idle. */
function demandKind(index: number): DemandKind {
  if (index === 3) return 'leaked';
  return index % 9 === 4 ? 'idle' : 'steady';
}

function addSeeded(
  state: RequestyState,
  ledger: Ledger,
  key: RequestyKey,
  demand: DemandProfile | 'none',
): void {
  state.addKey(key);
  const instants = [key.createdAt, ...(key.expiresAt === null ? [] : [key.expiresAt])];
  const rules = instants.map((from) => ({ from, rule: ruleAt(key, from) }));
  ledger.addKey({ id: key.id, createdAt: key.createdAt, demand, rules });
}

function drawDemand(
  options: SeedOptions,
  key: RequestyKey,
  kind: DemandKind,
  isUnused: boolean,
): DemandProfile | 'none' {
  if (isUnused && kind !== 'leaked') return 'none';
  return createDemand({
    seed: options.seed,
    id: key.id,
    kind,
    firstDay: dayNumber(key.createdAt),
    anchorDay: dayNumber(options.anchor),
    byokShare: 0,
  });
}

/** Most keys are old, some are from the last weeks. */
function creationTime(prng: Prng, oldest: number, now: number): number {
  const age = prng.next() ** 0.6 * (now - oldest);
  return Math.max(oldest, Math.floor((now - age) / 60_000) * 60_000);
}

function permissionsOf(index: number): RequestyKey['permissions'] {
  if (index % 23 === 11) return { manage: 'read', completions: 'write' };
  return index % 31 === 17
    ? { manage: 'read', completions: 'none' }
    : { manage: 'none', completions: 'write' };
}

/** Two in five have no limit; the others range from one that is reached to one that is far away. */
function drawLimit(prng: Prng, demand: DemandProfile | 'none'): bigint {
  const luck = prng.next();
  const room = prng.pick([0.5, 0.9, 1.3, 2, 4]);
  if (luck < 0.4) return 0n;
  if (demand === 'none') return prng.pick([10n, 50n, 250n]) * NANO_PER_USD;
  const month = Math.ceil(typicalDayNano(demand) * Number(TYPICAL_DAYS_A_MONTH) * room);
  if (luck > 0.95) return roundUp(BigInt(month), NANO_PER_USD / 100n);
  return roundUp(BigInt(month), 5n * NANO_PER_USD);
}

/** A few keys have expired, some will. No call of the API shows it. */
function expiryOf(prng: Prng, index: number, now: number): number | null {
  const days = prng.int(3, 120);
  if (index % 29 === 13) return Math.floor(now / DAY_MS) * DAY_MS - days * DAY_MS;
  return index % 11 === 6 ? Math.floor(now / DAY_MS) * DAY_MS + days * DAY_MS : null;
}

/** Limits of round figures; one group has none and one takes the organization's default. */
function setGroupLimits(state: RequestyState): void {
  const sizes = [1000n, 500n, 0n, 2500n, null, 750n];
  state.liveGroups().forEach((group, index) => {
    const size = sizes[index % sizes.length] ?? null;
    group.monthlyLimit = size === null ? null : size * NANO_PER_USD;
    group.monthlyBudgetPerUser = index % 2 === 0 ? 200n * NANO_PER_USD : null;
  });
}

function roundUp(amount: bigint, step: bigint): bigint {
  return ((amount + step - 1n) / step) * step;
}
