import { asc, eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { keys, reads, usageDays, usageFacts } from '@/lib/db/schema';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { usd } from '@/lib/domain/money/usd';
import { addDays, eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import { startOpenRouterEmulator } from '@/lib/emulators/openrouter/index';
import { startRequestyEmulator } from '@/lib/emulators/requesty/index';
import type { ProviderReads, UsageWindow } from '@/lib/providers/port';
import { ProviderError } from '@/lib/providers/provider-error';
import { createConnection } from '@/lib/server/connections/create-connection';
import { readKeys } from '@/lib/server/reads/read-keys';
import { createTestClock, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, usageFact, utcDay } from '@/lib/testing/factories';
import { fakeProvider } from '@/lib/testing/fake-provider';
import { expectRollUpsToEqualFacts } from '@/lib/testing/usage-totals';
import { readUsage } from './read-usage';

const today = utcDay('2026-10-15');

async function setUp(db: Database, capabilities: Partial<Capabilities> = {}) {
  const connection = await insertConnection(db, { name: 'Main' });
  const key = await insertKey(db, { connectionId: connection.id, externalId: 'one' });
  const clock = createTestClock('2026-10-15T08:00:00Z');
  const windows: UsageWindow[] = [];
  const tell: ProviderReads['readUsage'] = async ({ from, to }) => {
    const days = eachDay(from, to);
    return {
      facts: days.map((day) => usageFact({ keyExternalId: 'one', day, spend: usd('1.25') })),
      coveredDays: days,
      source: 'analytics',
      gap: null,
      missingKeys: [],
    };
  };
  const read = (
    answer: ProviderReads['readUsage'] = tell,
    options: { maxMs?: number | null } = { maxMs: null },
  ) => {
    const provider = fakeProvider({
      capabilities: { usageHistoryDays: 30, ...capabilities },
      reads: {
        readUsage: (window, asked, call) => {
          windows.push(window);
          return answer(window, asked, call);
        },
      },
    });
    const context = createTestContext(db, { now: clock.now, provider });
    return readUsage(context, { connectionId: connection.id, ...options });
  };
  const days = async () =>
    new Map(
      (await db.select().from(usageDays).orderBy(asc(usageDays.day))).map((row) => [row.day, row] as const),
    );
  return { connection, key, clock, windows, tell, read, days };
}

function unavailable(): never {
  throw new ProviderError('unavailable', 'read usage');
}

describe('reading usage', () => {
  test('reads today and the days just ended first, then history, newest first', async ({ db }) => {
    const { read, windows, days } = await setUp(db, { usageWindowDays: 10 });
    expect(await read()).toMatchObject({ state: 'complete' });
    expect(windows).toEqual([
      { from: '2026-10-13', to: '2026-10-15' },
      { from: '2026-10-03', to: '2026-10-12' },
      { from: '2026-09-23', to: '2026-10-02' },
      { from: '2026-09-16', to: '2026-09-22' },
    ]);
    const known = await days();
    expect(known.size).toBe(30);
    expect(known.get(today)?.state).toBe('open');
    expect(known.get(addDays(today, -1))?.state).toBe('complete');
    expect((await db.select().from(reads))[0]).toMatchObject({ state: 'complete', done: 30, total: 30 });
    await expectRollUpsToEqualFacts(db);
  });

  test('reads only today again, and the two ended days once more on the next day', async ({ db }) => {
    const { read, windows, clock } = await setUp(db);
    await read();
    windows.length = 0;
    clock.set('2026-10-15T08:01:00Z');
    await read();
    expect(windows).toEqual([{ from: '2026-10-15', to: '2026-10-15' }]);
    windows.length = 0;
    clock.set('2026-10-16T00:01:00Z');
    await read();
    await read();
    expect(windows).toEqual([
      { from: '2026-10-14', to: '2026-10-16' },
      { from: '2026-10-16', to: '2026-10-16' },
    ]);
  });

  test('stops when its time is over and goes on from there', async ({ db }) => {
    const { read, days } = await setUp(db);
    expect(await read(undefined, { maxMs: 0 })).toMatchObject({
      state: 'partial',
      failure: 'History is still being read: 3 of 30 days so far.',
    });
    expect([...(await days()).keys()]).toEqual(['2026-10-13', '2026-10-14', '2026-10-15']);
    expect(await read()).toMatchObject({ state: 'complete' });
    expect((await days()).size).toBe(30);
  });

  test('a failure at once leaves everything and marks the days with the reason', async ({ db }) => {
    const { read, days, clock } = await setUp(db);
    await read();
    clock.set('2026-10-16T08:00:00Z');
    expect(await read(unavailable)).toMatchObject({ state: 'failed', failure: 'Main could not be reached.' });
    const known = await days();
    expect(known.get(utcDay('2026-10-16'))).toMatchObject({
      state: 'missing',
      reason: 'Main could not be reached.',
    });
    expect(known.get(today)).toMatchObject({ state: 'open', reason: 'Main could not be reached.' });
    expect(known.get(utcDay('2026-10-14'))).toMatchObject({ state: 'complete', reason: null });
    expect(await db.$count(usageFacts)).toBe(30);
    await expectRollUpsToEqualFacts(db);
  });

  test('a failure later on keeps what was read before it', async ({ db }) => {
    const { read, tell, days } = await setUp(db);
    const failing: ProviderReads['readUsage'] = async (window, ...rest) =>
      window.to < '2026-10-10' ? unavailable() : tell(window, ...rest);
    expect(await read(failing)).toMatchObject({ state: 'partial', failure: 'Main could not be reached.' });
    expect((await days()).get(utcDay('2026-10-12'))?.state).toBe('complete');
  });

  test('days that the provider does not cover are missing with its reason', async ({ db }) => {
    const { read, tell, days } = await setUp(db, { usageHistoryDays: 3 });
    const withGap: ProviderReads['readUsage'] = async (...call) => ({
      ...(await tell(...call)),
      coveredDays: [today],
      gap: 'The answer was cut off.',
    });
    expect(await read(withGap)).toMatchObject({ state: 'partial', failure: 'The answer was cut off.' });
    expect((await days()).get(utcDay('2026-10-14'))).toMatchObject({
      state: 'missing',
      reason: 'The answer was cut off.',
    });
    expect(await db.$count(usageFacts)).toBe(1);
  });

  test('keeps the facts of a key that left, and of one that was not answered for', async ({ db }) => {
    const { read, tell, connection, key, clock } = await setUp(db, { usageHistoryDays: 1 });
    const other = await insertKey(db, { connectionId: connection.id, externalId: 'two' });
    const both: ProviderReads['readUsage'] = async () => ({
      facts: ['one', 'two'].map((keyExternalId) => usageFact({ keyExternalId, day: today })),
      coveredDays: [today],
      source: 'usage',
      gap: null,
      missingKeys: [],
    });
    await read(both);
    await db.update(keys).set({ goneAt: clock.now() }).where(eq(keys.id, key.id));
    const asked: string[][] = [];
    await read(async (window, externalIds, options) => {
      asked.push([...externalIds].sort());
      return { ...(await tell(window, externalIds, options)), facts: [], missingKeys: ['two'] };
    });
    expect(asked).toEqual([['one', 'two']]);
    expect((await db.select().from(usageFacts)).map((fact) => fact.keyId).sort()).toEqual(
      [key.id, other.id].sort(),
    );
  });

  test('a cancelled read keeps the windows that it stored', async ({ db }) => {
    const { tell, connection, clock, days } = await setUp(db);
    const controller = new AbortController();
    let calls = 0;
    const provider = fakeProvider({
      capabilities: { usageHistoryDays: 30 },
      reads: {
        readUsage: async (window, asked, options) => {
          calls += 1;
          if (calls === 2) controller.abort();
          options?.signal?.throwIfAborted();
          return tell(window, asked, options);
        },
      },
    });
    const context = createTestContext(db, { now: clock.now, provider });
    const result = await readUsage(context, { connectionId: connection.id, signal: controller.signal });
    expect(result.state).toBe('cancelled');
    expect([...(await days()).keys()]).toEqual(['2026-10-13', '2026-10-14', '2026-10-15']);
  });

  test('a lead is denied', async ({ db }) => {
    const { connection } = await setUp(db);
    const context = createTestContext(db, { actor: testActor('lead') });
    await expect(readUsage(context, { connectionId: connection.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('over HTTP', () => {
  const now = '2026-10-15T08:00:00Z';
  const account = { port: 0, keys: 14, historyDays: 40, now, freeze: true } as const;

  async function readWhole(
    db: Database,
    connection: { provider: 'openrouter' | 'requesty'; baseUrl: string; managementKey: string },
    clock: { now(): Date },
  ) {
    const context = createTestContext(db, { now: () => clock.now() });
    const { connectionId } = await createConnection(context, { ...connection, name: 'Emulated' });
    const keysRead = await readKeys(context, { connectionId });
    const usageRead = await readUsage(context, { connectionId, maxMs: null });
    expect(keysRead).toMatchObject({ state: 'complete', failure: null });
    await expectRollUpsToEqualFacts(db);
    return { connectionId, usageRead };
  }

  async function monthOf(db: Database, day: UtcDay) {
    const { rows } = await db.execute<{ counter: string; facts: string }>(sql`
      select trim_scale(sum(k.spend_monthly))::text as counter,
        (select trim_scale(sum(spend))::text from usage_by_dimension
          where dimension = 'connection' and day >= date_trunc('month', ${day}::timestamp)) as facts
      from keys k`);
    return rows[0];
  }

  test('OpenRouter: facts of this month add up to the keys’ own counters', async ({ db }) => {
    const emulator = await startOpenRouterEmulator({ ...account, switches: { analyticsPerMinute: null } });
    try {
      const { usageRead } = await readWhole(
        db,
        { provider: 'openrouter', baseUrl: emulator.url, managementKey: emulator.managementKey },
        emulator.clock,
      );
      expect(usageRead).toMatchObject({ state: 'complete', failure: null });
      const month = await monthOf(db, today);
      expect(Number(month?.facts)).toBeGreaterThan(0);
      expect(month?.facts).toBe(month?.counter);
    } finally {
      await emulator.close();
    }
  });

  test.for(['current', 'classic'] as const)(
    'Requesty, %s: facts of this month add up to the keys’ own counters',
    async (generation, { db }) => {
      const emulator = await startRequestyEmulator(account);
      try {
        const baseUrl = generation === 'current' ? emulator.url : emulator.classicUrl;
        await readWhole(
          db,
          { provider: 'requesty', baseUrl, managementKey: emulator.managementKey },
          emulator.clock,
        );
        const month = await monthOf(db, today);
        expect(Number(month?.facts)).toBeGreaterThan(0);
        expect(month?.facts).toBe(month?.counter);
      } finally {
        await emulator.close();
      }
    },
  );
});
