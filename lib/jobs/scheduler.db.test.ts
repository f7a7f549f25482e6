import { asc, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { connections, keys, reads } from '@/lib/db/schema';
import type { ReadView } from '@/lib/domain/connections/connection-view';
import { eachDay } from '@/lib/domain/periods/utc-day';
import { listReads, NEVER_READ } from '@/lib/server/reads/list-reads';
import { createTestContext } from '@/lib/testing/context';
import { testWithCommits as test } from '@/lib/testing/database';
import { insertConnection, providerKey } from '@/lib/testing/factories';
import { fakeProvider, inventory } from '@/lib/testing/fake-provider';
import { isDue } from './due-reads';
import { createScheduler } from './scheduler';

const usage = {
  readUsage: async ({
    from,
    to,
  }: {
    from: Parameters<typeof eachDay>[0];
    to: Parameters<typeof eachDay>[0];
  }) => ({
    facts: [],
    coveredDays: eachDay(from, to),
    source: 'usage' as const,
    gap: null,
    missingKeys: [],
  }),
};

describe('the schedule', () => {
  test('reads keys and usage of active connections again and again, and of paused ones never', async ({
    db,
    pool,
  }) => {
    const active = await insertConnection(db);
    await insertConnection(db, { state: 'paused' });
    const provider = fakeProvider({
      capabilities: { usageHistoryDays: 3 },
      reads: { listKeys: async () => inventory([providerKey({ externalId: 'one' })]), ...usage },
    });
    const createContext = () => createTestContext(db, { provider });
    const scheduler = createScheduler({ pool, createContext, intervalSeconds: 1 });
    await scheduler.start();
    try {
      const complete = async () => {
        const rows = await db.select().from(reads).where(eq(reads.state, 'complete'));
        expect(rows.every((row) => row.connectionId === active.id)).toBe(true);
        return (['keys', 'usage'] as const).map(
          (kind) => rows.filter((row) => row.kind === kind).length >= 2,
        );
      };
      await expect.poll(complete, { timeout: 20_000, interval: 200 }).toEqual([true, true]);
    } finally {
      await scheduler.stop();
    }
    expect(await db.$count(keys)).toBe(1);
    const counted = await db.$count(reads);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await db.$count(reads)).toBe(counted);
  });

  test('a stop closes the read that runs, and a start closes those of a dead process', async ({
    db,
    pool,
  }) => {
    const connection = await insertConnection(db);
    const dead = await insertConnection(db, { state: 'paused' });
    const longAgo = new Date(Date.now() - 120_000);
    await db.insert(reads).values({
      connectionId: dead.id,
      kind: 'keys',
      state: 'running',
      startedAt: longAgo,
      aliveAt: longAgo,
    });
    const provider = fakeProvider({
      reads: {
        listKeys: (options) =>
          new Promise((_, reject) => {
            options?.signal?.addEventListener('abort', () => reject(options.signal?.reason));
          }),
      },
    });
    const createContext = () => createTestContext(db, { provider });
    const scheduler = createScheduler({ pool, createContext, intervalSeconds: 1 });
    await scheduler.start();
    const running = async () => (await listReads(createContext())).get(connection.id)?.keys.state;
    await expect.poll(running, { timeout: 10_000, interval: 100 }).toBe('running');
    await scheduler.stop();
    const rows = await db.select().from(reads).orderBy(asc(reads.startedAt));
    expect(rows).toMatchObject([
      { connectionId: dead.id, state: 'failed', failure: 'Keyward was stopped during this read.' },
      { connectionId: connection.id, state: 'failed', failure: 'Keyward was stopped during this read.' },
    ]);
    expect(await db.select().from(connections)).toHaveLength(2);
  });
});

describe('when a read is due', () => {
  const now = new Date('2026-10-15T08:01:00Z');
  const begun = (secondsAgo: number, values: Partial<ReadView> = {}): ReadView => ({
    ...NEVER_READ,
    id: '00000000-0000-4000-8000-000000000000',
    state: 'complete',
    startedAt: new Date(now.getTime() - secondsAgo * 1_000).toISOString(),
    ...values,
  });
  const latest = { id: 'ffff0000-0000-4000-8000-000000000000' };

  test('at once when it never was, and never while it runs', () => {
    expect(isDue(NEVER_READ, now, 60)).toBe(true);
    expect(isDue(begun(3_600, { state: 'running' }), now, 60)).toBe(false);
  });

  test('a tenth earlier or later than the interval, the same for each look', () => {
    expect(isDue(begun(53.9), now, 60)).toBe(false);
    expect(isDue(begun(54), now, 60)).toBe(true);
    expect(isDue(begun(65.9, latest), now, 60)).toBe(false);
    expect(isDue(begun(66, latest), now, 60)).toBe(true);
  });
});
