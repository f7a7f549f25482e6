import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUsd, usd } from '@/lib/domain/money/usd';
import { addDays, firstOfMonth } from '@/lib/domain/periods/utc-day';
import { SWITCH_VALUES } from '@/lib/emulators/requesty/switches';
import { cap, createKey, expectKind, freshName, trueKey } from '@/lib/testing/provider-contract/expect';
import { requestyTarget } from '@/lib/testing/provider-contract/requesty-target';
import type { Bench } from '@/lib/testing/provider-contract/target';

/** Not forms of an answer but rules of an account, which the adapter does not hide. */
const RULES = new Set(['budgetMode', 'usageParameters', 'spendLagHours', 'expiredKeys', 'negativeLimits']);

const alternatives = Object.entries(SWITCH_VALUES)
  .filter(([name]) => !RULES.has(name))
  .flatMap(([name, values]) => values.slice(1).map((value) => [name, value] as const));

/** Everything that Requesty's documents leave open, in each form that a client must take. */
describe.each(['current', 'classic'] as const)('Requesty (%s) in every form of its answers', (generation) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await requestyTarget(generation).start({ keys: 10, historyDays: 30 });
  });
  afterAll(() => bench.close());

  async function withSwitch(name: string, value: unknown, work: () => Promise<void>): Promise<void> {
    const defaultOf = SWITCH_VALUES[name as keyof typeof SWITCH_VALUES][0];
    await bench.control.switches({ [generation]: { [name]: value } });
    try {
      await work();
    } finally {
      await bench.control.switches({ [generation]: { [name]: defaultOf } });
    }
  }

  it.each(alternatives)('%s: %s', async (name, value) => {
    await withSwitch(name, value, async () => {
      const provider = bench.open();
      const created = await createKey(provider, { limit: cap('10', 'monthly') });
      const limit = { from: cap('10', 'monthly'), to: { kind: 'unlimited' } as const };
      await provider.writes.updateKey(created.externalId, { limit });
      expect((await provider.reads.getKey(created.externalId)).limit.kind).toBe('unlimited');
      const keys = (await bench.trueKeys()).filter((key) => !key.isDeleted);
      const inventory = await provider.reads.listKeys();
      expect(inventory).toMatchObject({ isComplete: true });
      expect(inventory.keys.map((key) => key.externalId).sort()).toEqual(keys.map((key) => key.id).sort());
      const window = { from: firstOfMonth(bench.today()), to: bench.today() };
      const { facts } = await provider.reads.readUsage(
        window,
        keys.map((key) => key.id),
      );
      expect(addUsd(...facts.map((fact) => fact.spend))).toBe(
        addUsd(...keys.map((key) => usd(key.monthSpend))),
      );
      if (generation === 'current') expect((await provider.reads.listMembers()).length).toBeGreaterThan(1);
      expect(await provider.reads.getBalance()).not.toBeNull();
      expect((await bench.open({ generation: undefined }).reads.inspect()).generation).toBe(generation);
      await provider.writes.deleteKey(created.externalId);
      expect((await trueKey(bench, created.externalId)).isDeleted).toBe(true);
    });
  });
});

describe('Requesty usage by other ways', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await requestyTarget('current').start({ keys: 10, historyDays: 130 });
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.control.reset());
  const ids = async () => (await bench.trueKeys()).filter((key) => !key.isDeleted).map((key) => key.id);
  const window = () => ({ from: addDays(bench.today(), -120), to: bench.today() });

  it.each([400, 403, 404, 405])(
    'is the same key by key when the organization’s usage is refused with %i',
    async (status) => {
      const { reads } = bench.open();
      const whole = await reads.readUsage(window(), await ids());
      await bench.control.fault({ route: 'GET /v1/manage/org/usage', times: 9, status });
      const byKey = await reads.readUsage(window(), await ids());
      const sorted = (facts: typeof whole.facts) => facts.map((fact) => JSON.stringify(fact)).sort();
      expect(whole.facts.length).toBeGreaterThan(100);
      expect(sorted(byKey.facts)).toEqual(sorted(whole.facts));
    },
  );

  it('names the keys that are gone, and covers the others', async () => {
    await bench.control.fault({ route: 'GET /v1/manage/org/usage', times: 9, status: 403 });
    const batch = await bench.open().reads.readUsage(window(), [...(await ids()), 'gone-key']);
    expect(batch.missingKeys).toEqual(['gone-key']);
    expect(batch.facts.length).toBeGreaterThan(100);
  });

  it('fails whole, and covers nothing, when the provider is down', async () => {
    await bench.control.fault({ route: 'GET /v1/manage/org/usage', times: 9, status: 503 });
    await expectKind(bench.open().reads.readUsage(window(), await ids()), 'unavailable');
  });

  it('asks for no more than 100 days at once', async () => {
    await bench
      .open()
      .reads.readUsage({ from: addDays(bench.today(), -299), to: bench.today() }, await ids());
    const calls = (await bench.control.calls()).filter((call) => call.path.endsWith('/org/usage'));
    expect(calls.map((call) => call.status)).toEqual([200, 200, 200]);
  });
});

describe('Requesty changes of their own call', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await requestyTarget('current').start({ keys: 3, historyDays: 2 });
  });
  afterAll(() => bench.close());

  it('are refused together, and when nothing is named: one write has one outcome', async () => {
    const { writes } = bench.open();
    const { externalId } = await createKey(bench.open());
    await bench.control.reset();
    const limit = { from: cap('25', 'monthly'), to: cap('5', 'monthly') };
    await expectKind(writes.updateKey(externalId, { limit, labels: { env: 'prod' } }), 'invalid_request');
    await expectKind(writes.updateKey(externalId, {}), 'invalid_request');
    await expectKind(writes.deleteKey('self'), 'invalid_request');
    await expectKind(writes.updateKey('self', { limit }), 'invalid_request');
    expect(await bench.control.calls()).toEqual([]);
  });

  it('need a group where the organization budgets by group, in the provider’s words', async () => {
    await bench.control.switches({ budgetMode: 'group' });
    const error = await expectKind(
      createKey(bench.open(), { name: freshName('groupless') }),
      'invalid_request',
    );
    expect(error.providerMessage).toContain('group_id is required');
  });

  it('of groups that cannot be listed leave the inventory incomplete; an account without groups is whole', async () => {
    const { reads } = bench.open();
    await bench.control.fault({ route: 'GET /v1/manage/group', status: 403 });
    expect(await reads.listKeys()).toMatchObject({
      isComplete: false,
      failure: 'The groups could not be listed.',
    });
    await bench.control.fault({ route: 'GET /v1/manage/group', status: 404 });
    expect(await reads.listKeys()).toMatchObject({ isComplete: true, containers: [] });
  });

  it('of a list with a key that cannot be understood leave the inventory incomplete', async () => {
    await bench.control.fault({ route: 'GET /v1/manage/apikey', missingField: 'keys.1.name' });
    const inventory = await bench.open().reads.listKeys();
    expect(inventory.isComplete).toBe(false);
    expect(inventory.failure).toMatch(/^1 of \d+ keys could not be understood\.$/);
  });
});
