import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUsd, ZERO_USD } from '@/lib/domain/money/usd';
import { addDays, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import { type OpenRouterEmulator, startOpenRouterEmulator } from '@/lib/emulators/openrouter/index';
import { type Control, createControl } from '@/lib/testing/provider-contract/control';
import { expectKind } from '@/lib/testing/provider-contract/expect';
import { CONTRACT_NOW } from '@/lib/testing/provider-contract/target';
import { createRateLimiter } from '../rate-limiter';
import { createOpenRouterProvider } from './provider';

const DAY_MS = 86_400_000;

describe('OpenRouter usage', () => {
  let emulator: OpenRouterEmulator;
  let control: Control;
  beforeAll(async () => {
    emulator = await startOpenRouterEmulator({
      port: 0,
      keys: 40,
      historyDays: 90,
      now: CONTRACT_NOW,
      freeze: true,
      switches: { analyticsPerMinute: null },
    });
    control = createControl(emulator.controlUrl);
  });
  afterAll(() => emulator.close());
  beforeEach(() => control.reset());

  const today = () => utcDayOf(emulator.clock.now());
  const open = () =>
    createOpenRouterProvider({
      baseUrl: emulator.url,
      managementKey: emulator.managementKey,
      rateLimiter: createRateLimiter({ callsPerMinute: null, maxInFlight: 8 }),
      now: () => emulator.clock.now(),
    });
  const liveIds = () =>
    [...emulator.state.keys.values()].filter((key) => key.deletedAt === null).map((key) => key.hash);

  /** What the ledger holds, one line per key, day and model. */
  function truth(days: { from: number; to: number }, keyIds: string[]): string[] {
    const midnight = Date.parse(`${today()}T00:00:00Z`);
    const lines = new Map<string, { fact: number[]; nano: bigint; byok: bigint }>();
    emulator.state.ledger.visit(
      {
        keyIds,
        from: midnight + days.from * DAY_MS,
        to: midnight + (days.to + 1) * DAY_MS,
        now: emulator.clock.now().getTime(),
        grain: 'day',
      },
      ({ keyId, model, bucketStartMs, cells }) => {
        const id = `${keyId} ${new Date(bucketStartMs).toISOString().slice(0, 10)} ${model.id}`;
        const line = lines.get(id) ?? { fact: [0, 0, 0, 0], nano: 0n, byok: 0n };
        const counts = [cells.requests, cells.promptTokens, cells.completionTokens, cells.reasoningTokens];
        lines.set(id, {
          fact: line.fact.map((sum, index) => sum + (counts[index] ?? 0)),
          nano: line.nano + BigInt(cells.costNano),
          byok: line.byok + BigInt(cells.byokNano),
        });
      },
    );
    return [...lines].map(([id, { fact, nano, byok }]) => `${id} ${fact.join(' ')} ${nano} ${byok}`).sort();
  }

  const nano = (amount: string): string => {
    const [whole = '0', part = ''] = amount.split('.');
    return String(BigInt(whole) * 1_000_000_000n + BigInt(part.padEnd(9, '0')));
  };
  const linesOf = (facts: readonly UsageFact[]): string[] =>
    facts
      .map((fact) => {
        const counts = [fact.requests, fact.promptTokens, fact.completionTokens, fact.reasoningTokens];
        const head = `${fact.keyExternalId} ${fact.day} ${fact.model} ${counts.join(' ')}`;
        return `${head} ${nano(fact.spend)} ${nano(fact.byokSpend)}`;
      })
      .sort();
  const window = (from: number, to: number) => ({ from: addDays(today(), from), to: addDays(today(), to) });
  const queries = async () =>
    (await control.calls()).filter((call) => call.path.endsWith('/analytics/query'));

  it('equals the ledger by key, day and model, in every figure', async () => {
    const { facts, source } = await open().reads.readUsage(window(-80, 0), liveIds());
    expect(linesOf(facts)).toEqual(truth({ from: -80, to: 0 }, liveIds()));
    expect([facts.length > 2000, source]).toEqual([true, 'analytics']);
  });

  it.each([
    { analyticsKeyLabel: 'label' },
    { analyticsKeyLabel: 'hash' },
    { analyticsCounts: 'number' },
    { analyticsDateColumn: 'created_at' },
  ])('is the same with %o', async (patch) => {
    const before = emulator.state.switches;
    await control.switches(patch);
    const { facts } = await open().reads.readUsage(window(-9, 0), liveIds());
    emulator.state.switches = before;
    expect(linesOf(facts)).toEqual(truth({ from: -9, to: 0 }, liveIds()));
  });

  it('gives to each key its own, though keys share a name, and a deleted one of that name gets nothing', async () => {
    const ids: string[] = [];
    for (const amount of [0.5, 0.25, 0.125]) {
      const { externalId } = await open().writes.createKey({ name: 'same', limit: { kind: 'unlimited' } });
      await control.spend({ key: externalId, usd: amount, requests: 1 });
      ids.push(externalId);
    }
    const [deleted = '', ...kept] = ids;
    await open().writes.deleteKey(deleted);
    const { facts } = await open().reads.readUsage(window(0, 0), [...kept, ...liveIds()]);
    expect(linesOf(facts)).toEqual(truth({ from: 0, to: 0 }, liveIds()));
    const spent = kept.map((id) => facts.find((fact) => fact.keyExternalId === id)?.spend);
    expect(spent).toEqual(['0.25', '0.125']);
  });

  it('splits an answer that was cut off, by days and then by keys, until it is whole', async () => {
    const real = fetch;
    const short: typeof fetch = (input, init) => {
      const body = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
      const smaller =
        body?.limit === undefined ? init : { ...init, body: JSON.stringify({ ...body, limit: 20 }) };
      return real(input, smaller);
    };
    const provider = createOpenRouterProvider({
      baseUrl: emulator.url,
      managementKey: emulator.managementKey,
      rateLimiter: createRateLimiter({ callsPerMinute: null, maxInFlight: 8 }),
      now: () => emulator.clock.now(),
      fetch: short,
    });
    const { facts, coveredDays } = await provider.reads.readUsage(window(-6, 0), liveIds());
    expect(coveredDays).toHaveLength(7);
    expect(linesOf(facts)).toEqual(truth({ from: -6, to: 0 }, liveIds()));
  });

  it('asks for many keys and days in few queries', async () => {
    await open().reads.readUsage(window(-29, 0), liveIds());
    expect((await queries()).length).toBeLessThanOrEqual(2);
  });

  it('waits out the rate of analytics without holding up other calls', async () => {
    await control.fault({ route: 'POST /api/v1/analytics/query', status: 429, retryAfter: 1 });
    const provider = open();
    await provider.reads.listKeys();
    const reading = provider.reads.readUsage(window(-1, 0), liveIds());
    await expect.poll(async () => (await queries()).length).toBeGreaterThan(0);
    const startedAt = performance.now();
    await provider.reads.getBalance();
    expect(performance.now() - startedAt).toBeLessThan(700);
    expect((await reading).coveredDays).toHaveLength(2);
  });

  it('looks no further than the first refusal when the query itself is wrong', async () => {
    await control.fault({ route: 'POST /api/v1/analytics/query', times: 500, status: 400 });
    const batch = await open().reads.readUsage(window(-3, -1), liveIds());
    expect(batch.source).toBe('activity');
    expect((await queries()).length).toBeLessThan(12);
  });

  describe.each([403, 404, 500])('when analytics answers %i', (status) => {
    beforeEach(async () => {
      await control.fault({ route: 'POST /api/v1/analytics/query', times: 500, status });
    });

    it('comes from the activity lists, for the last 30 completed days, and says what is missing', async () => {
      const batch = await open().reads.readUsage(window(-40, 0), liveIds());
      expect(batch).toMatchObject({ source: 'activity', missingKeys: [] });
      expect(batch.coveredDays).toEqual(
        Array.from({ length: 30 }, (_, index) => addDays(today(), index - 30)),
      );
      expect(batch.gap).toContain('30 completed days');
      expect(linesOf(batch.facts)).toEqual(truth({ from: -30, to: -1 }, liveIds()));
    });

    it('covers nothing of today', async () => {
      const batch = await open().reads.readUsage(window(0, 0), liveIds());
      expect(batch).toMatchObject({ facts: [], coveredDays: [], source: 'activity' });
      expect(batch.gap).not.toBeNull();
    });
  });

  it('names the keys for which activity answers that it does not know them', async () => {
    const before = emulator.state.switches;
    await control.switches({ activityUnknownKey: 'not-found' });
    await control.fault({ route: 'POST /api/v1/analytics/query', times: 500, status: 404 });
    const gone = 'f'.repeat(64);
    const batch = await open().reads.readUsage(window(-3, -1), [...liveIds(), gone]);
    emulator.state.switches = before;
    expect(batch.missingKeys).toEqual([gone]);
    expect(linesOf(batch.facts)).toEqual(truth({ from: -3, to: -1 }, liveIds()));
  });

  it.each([
    [401, 'unauthorized'],
    [429, 'rate_limited'],
  ] as const)('falls back to nothing on %i', async (status, kind) => {
    await control.fault({ route: 'POST /api/v1/analytics/query', times: 500, status, retryAfter: 600 });
    await expectKind(open().reads.readUsage(window(-3, -1), liveIds()), kind);
    expect((await control.calls()).some((call) => call.path.endsWith('/activity'))).toBe(false);
  });

  it('sums to the lifetime counters of keys younger than the history', async () => {
    const { reads } = open();
    const { keys } = await reads.listKeys();
    const { facts } = await reads.readUsage(window(-364, 0), liveIds());
    for (const key of keys) {
      const own = facts.filter((fact) => fact.keyExternalId === key.externalId);
      expect(addUsd(ZERO_USD, ...own.map((fact) => fact.spend))).toBe(key.spend.lifetime);
      expect(addUsd(ZERO_USD, ...own.map((fact) => fact.byokSpend))).toBe(key.byokSpend.lifetime);
    }
  });
});
