import { describe, expect } from 'vitest';
import { containers, keys } from '@/lib/db/schema';
import { eachDay } from '@/lib/domain/periods/utc-day';
import type { ProviderReads } from '@/lib/providers/port';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithCommits, testWithDatabase } from '@/lib/testing/database';
import { insertConnection, insertContainer, providerKey } from '@/lib/testing/factories';
import { fakeProvider, inventory } from '@/lib/testing/fake-provider';
import { cancelRead } from './cancel-read';
import { getFreshness } from './get-freshness';
import { readKeys } from './read-keys';
import { requestRead } from './request-read';

const readUsage: ProviderReads['readUsage'] = async ({ from, to }) => ({
  facts: [],
  coveredDays: eachDay(from, to),
  source: 'usage',
  gap: null,
  missingKeys: [],
});

describe('a read on demand', () => {
  testWithCommits('runs keys and usage in the background, once at a time', async ({ db }) => {
    const connection = await insertConnection(db, { name: 'Main' });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const provider = fakeProvider({
      capabilities: { usageHistoryDays: 3 },
      reads: {
        listKeys: async () => {
          await held;
          return inventory([providerKey()]);
        },
        readUsage,
      },
    });
    const context = createTestContext(db, { provider });
    expect(await getFreshness(context)).toMatchObject({
      isReading: false,
      oldestCompleteAt: null,
      progressText: null,
    });
    expect(await requestRead(context, { connectionId: connection.id })).toEqual({ isStarted: true });
    await expect
      .poll(() => getFreshness(context))
      .toMatchObject({ isReading: true, progressText: '0 keys read' });
    expect(await requestRead(context, { connectionId: connection.id })).toEqual({ isStarted: false });
    release();
    await expect
      .poll(async () => (await getFreshness(context)).connections, { timeout: 10_000 })
      .toMatchObject([{ name: 'Main', keysRead: { state: 'complete' }, usageRead: { state: 'complete' } }]);
    const after = await getFreshness(context);
    expect(after.isReading).toBe(false);
    expect(after.oldestCompleteAt).toBe(after.connections[0]?.keysRead.lastCompleteAt);
  });

  testWithCommits('ends at once when it is cancelled', async ({ db }) => {
    const connection = await insertConnection(db);
    const provider = fakeProvider({
      reads: {
        listKeys: (options) =>
          new Promise((_, reject) => {
            options?.signal?.addEventListener('abort', () => reject(options.signal?.reason));
          }),
      },
    });
    const context = createTestContext(db, { provider });
    await requestRead(context, { connectionId: connection.id });
    await expect
      .poll(() => cancelRead(context, { connectionId: connection.id }), { timeout: 10_000 })
      .toEqual({ cancelled: 1 });
    await expect
      .poll(async () => (await getFreshness(context)).connections[0]?.keysRead.state, { timeout: 10_000 })
      .toBe('cancelled');
  });

  testWithDatabase('is denied to a lead', async ({ db }) => {
    const connection = await insertConnection(db);
    const context = createTestContext(db, { actor: testActor('lead') });
    await expect(requestRead(context, { connectionId: connection.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

testWithDatabase(
  'a workspace goes with a complete read only, and keys keep theirs until then',
  async ({ db }) => {
    const connection = await insertConnection(db);
    const box = await insertContainer(db, {
      connectionId: connection.id,
      externalId: 'w1',
      name: 'Research',
    });
    const key = providerKey({ externalId: 'one', containerExternalId: 'w1' });
    const read = (isComplete: boolean) => {
      const provider = fakeProvider({ reads: { listKeys: async () => inventory([key], { isComplete }) } });
      return readKeys(createTestContext(db, { provider }), { connectionId: connection.id });
    };
    await read(false);
    expect(await db.select().from(containers)).toMatchObject([{ name: 'Research', goneAt: null }]);
    expect(await db.select().from(keys)).toMatchObject([{ containerId: box.id }]);
    await read(true);
    expect(await db.select().from(containers)).toMatchObject([
      { name: 'Research', goneAt: expect.any(Date) },
    ]);
    expect(await db.select().from(keys)).toMatchObject([{ containerId: box.id, goneAt: null }]);
  },
);
