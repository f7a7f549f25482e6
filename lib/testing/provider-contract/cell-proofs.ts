import { expect } from 'vitest';
import type { Capabilities, Support } from '@/lib/domain/connections/capabilities';
import { BLOCKED, UNLIMITED } from '@/lib/domain/limits/limit';
import type { NewProviderKey, ProviderKeyPatch } from '@/lib/providers/port';
import type { CellProof } from './cell-proof';
import { cap, createKey, expectUnsupported, freshName, listedKey, trueKey } from './expect';
import type { Bench, TrueKey } from './target';

const EXPIRY = new Date('2026-12-31T23:59:59.000Z');
const PERMISSIONS = { manage: 'none', completions: 'write' } as const;

/** A patch that is carried out where the cell says so, and refused without a call where not. */
function patchProof(
  supportOf: (capabilities: Capabilities) => Support,
  patch: ProviderKeyPatch,
  expected: Partial<TrueKey>,
): CellProof {
  return async (bench, capabilities) => {
    const { externalId } = await createKey(bench.open());
    const run = () => bench.open().writes.updateKey(externalId, patch);
    if (!supportOf(capabilities).can) return expectUnsupported(bench, run);
    expect(await trueKey(bench, externalId)).not.toMatchObject(expected);
    await run();
    expect(await trueKey(bench, externalId)).toMatchObject(expected);
  };
}

/** The same for a field of a new key. */
function createProof(
  supportOf: (capabilities: Capabilities) => Support,
  fields: (bench: Bench) => Promise<Partial<NewProviderKey>> | Partial<NewProviderKey>,
  check: (truth: TrueKey, asked: Partial<NewProviderKey>) => void,
): CellProof {
  return async (bench, capabilities) => {
    const asked = await fields(bench);
    const run = () => createKey(bench.open(), asked);
    if (!supportOf(capabilities).can) return expectUnsupported(bench, run);
    check(await trueKey(bench, (await run()).externalId), asked);
  };
}

/** Whether a field of the listing is told at all. */
function toldProof(
  supportOf: (capabilities: Capabilities) => Support,
  field: 'createdAt' | 'maskedLabel' | 'lastUsedAt',
): CellProof {
  return async (bench, capabilities) => {
    const { keys } = await bench.open().reads.listKeys();
    const told = keys.map((key) => key[field]).filter((value) => value !== undefined && value !== null);
    if (supportOf(capabilities).can) expect(told.length).toBeGreaterThan(0);
    else expect(told).toEqual([]);
  };
}

function sameInstant(text: string | null, at: Date): void {
  expect(text === null ? null : new Date(text).getTime()).toBe(at.getTime());
}

async function disableBothWays(bench: Bench, capabilities: Capabilities): Promise<void> {
  await patchProof((each) => each.disable, { isDisabled: true }, { isDisabled: true })(bench, capabilities);
  if (!capabilities.disable.can) return;
  const provider = bench.open();
  const { externalId } = await createKey(provider);
  await provider.writes.updateKey(externalId, { isDisabled: true });
  expect((await listedKey(provider, externalId)).isDisabled).toBe(true);
  await provider.writes.updateKey(externalId, { isDisabled: false });
  expect((await listedKey(provider, externalId)).isDisabled).toBe(false);
}

async function expiryIsReadBack(bench: Bench, capabilities: Capabilities): Promise<void> {
  const provider = bench.open();
  const atCreation = capabilities.expiryAtCreation.can ? { expiresAt: EXPIRY } : {};
  const { externalId } = await createKey(provider, atCreation);
  if (!capabilities.expiryAtCreation.can && capabilities.expiryLater.can) {
    await provider.writes.updateKey(externalId, { expiresAt: EXPIRY });
  }
  for (const key of [await provider.reads.getKey(externalId), await listedKey(provider, externalId)]) {
    expect(key.expiresAt).toEqual(capabilities.expiryReadable.can ? EXPIRY : undefined);
  }
}

async function labelsBothWays(bench: Bench, capabilities: Capabilities): Promise<void> {
  const labels = { env: 'prod', 'cost-center': 'cc-1' };
  await patchProof((each) => each.labels, { labels }, { labels })(bench, capabilities);
  if (!capabilities.labels.can) return;
  const provider = bench.open();
  const { externalId } = await createKey(provider);
  await provider.writes.updateKey(externalId, { labels });
  expect((await listedKey(provider, externalId)).labels).toEqual(labels);
  await provider.writes.updateKey(externalId, { labels: {} });
  expect((await listedKey(provider, externalId)).labels).toEqual({});
}

async function containersAreRead(bench: Bench, { containers }: Capabilities): Promise<void> {
  const inventory = await bench.open().reads.listKeys();
  if (containers === null) {
    expect(inventory.containers).toEqual([]);
    expect(inventory.keys.every((key) => key.containerExternalId == null)).toBe(true);
    return;
  }
  expect(inventory.containers.length).toBeGreaterThan(0);
  expect(new Set(inventory.containers.map((container) => container.kind))).toEqual(new Set([containers]));
  const ids = new Set(inventory.containers.map((container) => container.externalId));
  const used = inventory.keys.flatMap((key) => key.containerExternalId ?? []);
  expect(used.length).toBeGreaterThan(0);
  expect(used.every((id) => ids.has(id))).toBe(true);
}

async function limitBecomes(bench: Bench, limit: NewProviderKey['limit']): Promise<void> {
  const provider = bench.open();
  const { externalId } = await createKey(provider);
  await provider.writes.updateKey(externalId, { limit: { from: cap('25', 'monthly'), to: limit } });
  expect((await provider.reads.getKey(externalId)).limit).toEqual(limit);
}

export const cellProofs = {
  disable: disableBothWays,
  rename: patchProof((each) => each.rename, { name: 'renamed' }, { name: 'renamed' }),
  async limitPeriods(bench, { limitPeriods }) {
    for (const period of limitPeriods) await limitBecomes(bench, cap('7.5', period));
  },
  blockedLimit: patchProof(
    (each) => each.blockedLimit,
    { limit: { from: cap('25', 'monthly'), to: BLOCKED } },
    { wireLimit: '0' },
  ),
  async zeroLimitMeans(bench, { zeroLimitMeans }) {
    const name = freshName('zero');
    await bench.makeZeroLimitKey(name);
    const { keys } = await bench.open().reads.listKeys();
    expect(keys.find((key) => key.name === name)?.limit.kind).toBe(zeroLimitMeans);
  },
  lowestCap: (bench, { lowestCap, limitPeriods }) => limitBecomes(bench, cap(lowestCap, limitPeriods[0])),
  unlimitedAtCreation: createProof(
    (each) => each.unlimitedAtCreation,
    () => ({ limit: UNLIMITED }),
    (truth) => expect(['null', '0']).toContain(truth.wireLimit),
  ),
  byokInLimit: patchProof((each) => each.byokInLimit, { includeByokInLimit: true }, { includeByok: true }),
  expiryAtCreation: createProof(
    (each) => each.expiryAtCreation,
    () => ({ expiresAt: EXPIRY }),
    (truth) => sameInstant(truth.expiresAt, EXPIRY),
  ),
  async expiryLater(bench, { expiryLater }) {
    const { externalId } = await createKey(bench.open());
    const set = (expiresAt: Date | null) => bench.open().writes.updateKey(externalId, { expiresAt });
    if (!expiryLater.can) return expectUnsupported(bench, () => set(EXPIRY));
    await set(EXPIRY);
    sameInstant((await trueKey(bench, externalId)).expiresAt, EXPIRY);
    await set(null);
    expect((await trueKey(bench, externalId)).expiresAt).toBeNull();
  },
  expiryReadable: expiryIsReadBack,
  permissionsAtCreation: createProof(
    (each) => each.permissionsAtCreation,
    () => ({ permissions: PERMISSIONS }),
    (truth) => expect(truth.permissions).toEqual(PERMISSIONS),
  ),
  async permissionsLater(_, { permissionsLater }) {
    // The port has no such field: a provider that gained it would need one first.
    expect(permissionsLater.can).toBe(false);
  },
  labels: labelsBothWays,
  containers: containersAreRead,
  containerAtCreation: createProof(
    (each) => each.containerAtCreation,
    async (bench) => {
      const { containers } = await bench.open().reads.listKeys();
      const other = containers.find((container) => !container.isDefault);
      return { containerExternalId: other?.externalId ?? 'some-container' };
    },
    (truth, asked) => expect(truth.containerId).toBe(asked.containerExternalId),
  ),
  async members(bench, { members }) {
    const run = () => bench.open().reads.listMembers();
    if (!members.can) return expectUnsupported(bench, run);
    const found = await run();
    expect(found.length).toBeGreaterThan(1);
    expect(found.every((member) => member.email?.includes('@'))).toBe(true);
  },
  async balance(bench, { balance }) {
    expect(balance.can).toBe(true);
    expect(await bench.open().reads.getBalance()).toMatch(/^\d+(\.\d+)?$/);
  },
  async budgets(bench, { budgets }) {
    const { containers } = await bench.open().reads.listKeys();
    const run = () => bench.open().reads.readBudgets(containers.map(({ externalId }) => externalId));
    if (!budgets.can) return expectUnsupported(bench, run);
    expect((await run()).budgets.length).toBeGreaterThan(0);
  },
  async budgetsAbove(bench, { budgets, budgetsAbove }) {
    if (!budgets.can) return;
    const { containers } = await bench.open().reads.listKeys();
    const { report } = await bench.open().reads.readBudgets(containers.map(({ externalId }) => externalId));
    expect(Object.keys(report).sort()).toEqual([...budgetsAbove].sort());
  },
  createdAt: toldProof((each) => each.createdAt, 'createdAt'),
  lastUsed: toldProof((each) => each.lastUsed, 'lastUsedAt'),
  maskedLabel: toldProof((each) => each.maskedLabel, 'maskedLabel'),
} satisfies Partial<Record<keyof Capabilities, CellProof>>;
