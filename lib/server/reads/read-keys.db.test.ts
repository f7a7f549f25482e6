import { asc, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { connections, containers, keys, providerMembers, reads } from '@/lib/db/schema';
import { capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import type { KeyInventory, ProviderReads } from '@/lib/providers/port';
import { ProviderError } from '@/lib/providers/provider-error';
import { createTestClock, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, insertUser, providerKey } from '@/lib/testing/factories';
import { type FakeProvider, fakeProvider, inventory } from '@/lib/testing/fake-provider';
import { cancelRead } from './cancel-read';
import { listReads } from './list-reads';
import { readKeys } from './read-keys';
import { storeKeys } from './store-keys';

async function setUp(db: Database) {
  const connection = await insertConnection(db, { name: 'Main' });
  const clock = createTestClock('2026-10-15T08:00:00Z');
  const read = (listKeys: ProviderReads['listKeys'], fake: FakeProvider = {}) => {
    const provider = fakeProvider({ ...fake, reads: { listKeys, ...fake.reads } });
    return readKeys(createTestContext(db, { now: clock.now, provider }), { connectionId: connection.id });
  };
  const tell = (told: KeyInventory) => read(async () => told);
  const keyRows = () =>
    db.select().from(keys).where(eq(keys.connectionId, connection.id)).orderBy(asc(keys.externalId));
  const readRows = () => db.select().from(reads).orderBy(asc(reads.startedAt));
  return { connection, clock, read, tell, keyRows, readRows };
}

const one = providerKey({ externalId: 'one', limit: capped(usd('20'), 'monthly') });
const two = providerKey({ externalId: 'two' });

describe('reading keys', () => {
  test('mirrors every key once, with its container, and records the read', async ({ db }) => {
    const { tell, keyRows, readRows, connection } = await setUp(db);
    const result = await tell(
      inventory(
        [
          {
            ...one,
            containerExternalId: 'w1',
            labels: { env: 'prod' },
            spend: { ...one.spend, monthly: usd('1.5') },
          },
          two,
          { ...two },
        ],
        { containers: [{ externalId: 'w1', kind: 'workspace', name: 'Research', isDefault: true }] },
      ),
    );
    expect(result).toMatchObject({ state: 'complete', failure: null });
    const [box] = await db.select().from(containers);
    expect(await keyRows()).toMatchObject([
      {
        externalId: 'one',
        containerId: box?.id,
        limitKind: 'capped',
        limitAmount: '20',
        limitPeriod: 'monthly',
        spendMonthly: '1.5',
        spendDaily: null,
        labels: { env: 'prod' },
        teamId: null,
        goneAt: null,
      },
      { externalId: 'two', containerId: null, limitKind: 'unlimited', limitAmount: null, labels: {} },
    ]);
    expect(await readRows()).toMatchObject([{ kind: 'keys', state: 'complete', done: 3, total: 3 }]);
    const view = (await listReads(createTestContext(db))).get(connection.id);
    expect(view?.keys).toMatchObject({ state: 'complete', lastCompleteAt: '2026-10-15T08:00:00.000Z' });
    expect(view?.usage.state).toBe('never');
  });

  test('leaves unchanged keys unwritten and uses up no ids', async ({ db }) => {
    const { tell, keyRows, clock } = await setUp(db);
    await tell(inventory([one, two]));
    const before = await keyRows();
    clock.set('2026-10-15T08:01:00Z');
    await tell(inventory([one, { ...two, name: 'Renamed' }]));
    await tell(inventory([one, { ...two, name: 'Renamed' }, providerKey({ externalId: 'zwei' })]));
    const after = await keyRows();
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toMatchObject({ name: 'Renamed', lastSeenAt: clock.now() });
    expect(after[2]?.id).toBe((before[1]?.id ?? 0) + 1);
  });

  test('keeps what an answer does not say', async ({ db }) => {
    const { tell, keyRows } = await setUp(db);
    const expiresAt = new Date('2027-01-01T00:00:00Z');
    await tell(
      inventory([{ ...one, expiresAt, maskedLabel: 'sk…1', creator: { externalId: 'u', email: null } }]),
    );
    await tell(inventory([{ ...one, name: 'New name' }]));
    expect(await keyRows()).toMatchObject([
      { name: 'New name', expiresAt, maskedLabel: 'sk…1', creatorExternalId: 'u' },
    ]);
    await tell(inventory([{ ...one, expiresAt: null }]));
    expect(await keyRows()).toMatchObject([{ expiresAt: null, maskedLabel: 'sk…1' }]);
  });

  test('marks what a complete read did not find as gone, and takes it back when it reappears', async ({
    db,
  }) => {
    const { tell, keyRows, clock } = await setUp(db);
    await tell(inventory([one, { ...two, spend: { ...two.spend, lifetime: usd('9') } }]));
    clock.set('2026-10-15T08:05:00Z');
    await tell(inventory([one]));
    expect(await keyRows()).toMatchObject([
      { goneAt: null },
      { goneAt: new Date('2026-10-15T08:05:00Z'), spendLifetime: '9', deletedAt: null },
    ]);
    await tell(inventory([one, two]));
    expect(await keyRows()).toMatchObject([{ goneAt: null }, { goneAt: null }]);
  });

  test('a partial read updates what it told and marks nothing gone', async ({ db }) => {
    const { tell, keyRows, clock, readRows } = await setUp(db);
    await tell(inventory([one, two], { containers: [] }));
    clock.set('2026-10-15T08:05:00Z');
    const result = await tell(
      inventory([{ ...one, name: 'News' }], { isComplete: false, failure: 'Workspace B was not read.' }),
    );
    expect(result).toMatchObject({ state: 'partial', failure: 'Workspace B was not read.' });
    expect(await keyRows()).toMatchObject([
      { name: 'News', goneAt: null, lastSeenAt: clock.now() },
      { goneAt: null, lastSeenAt: new Date('2026-10-15T08:00:00Z') },
    ]);
    expect((await readRows()).map((row) => row.state)).toEqual(['complete', 'partial']);
  });

  test('a failed read leaves everything and says why', async ({ db }) => {
    const { tell, read, keyRows } = await setUp(db);
    await tell(inventory([one, two]));
    const before = await keyRows();
    const result = await read(async () => {
      throw new ProviderError('unavailable', 'list keys', { status: 503 });
    });
    expect(result).toMatchObject({ state: 'failed', failure: 'Main could not be reached.' });
    expect(await keyRows()).toEqual(before);
  });

  test('a read that began before a write does not undo it', async ({ db }) => {
    const { tell, read, keyRows, clock } = await setUp(db);
    await tell(inventory([one]));
    clock.set('2026-10-15T08:05:00Z');
    await read(async () => {
      clock.set('2026-10-15T08:05:02Z');
      await db
        .update(keys)
        .set({ limitAmount: usd('50'), isDisabled: true, writtenAt: clock.now() })
        .where(eq(keys.externalId, 'one'));
      return inventory([{ ...one, spend: { ...one.spend, daily: usd('3') } }]);
    });
    expect(await keyRows()).toMatchObject([{ limitAmount: '50', isDisabled: true, spendDaily: '3' }]);
    clock.set('2026-10-15T08:06:00Z');
    await tell(inventory([{ ...one, limit: UNLIMITED }]));
    expect(await keyRows()).toMatchObject([{ limitKind: 'unlimited', limitAmount: null, isDisabled: false }]);
  });

  test('a key made while the read ran is not called gone, and a deleted one stays deleted', async ({
    db,
  }) => {
    const { read, keyRows, connection, clock } = await setUp(db);
    const deletedAt = new Date('2026-10-15T07:00:00Z');
    await insertKey(db, { connectionId: connection.id, externalId: 'deleted', name: 'Old', deletedAt });
    await read(async () => {
      clock.set('2026-10-15T08:00:01Z');
      await insertKey(db, { connectionId: connection.id, externalId: 'made', firstSeenAt: clock.now() });
      return inventory([providerKey({ externalId: 'deleted', name: 'Still listed' })]);
    });
    expect(await keyRows()).toMatchObject([
      { externalId: 'deleted', name: 'Old', deletedAt, goneAt: null },
      { externalId: 'made', goneAt: null },
    ]);
  });

  test('reads balance and members where they are told; their failure is said and loses nothing', async ({
    db,
  }) => {
    const { read, connection } = await setUp(db);
    const capabilities = { balance: { can: true }, members: { can: true } } as const;
    const members = [{ externalId: 'u1', email: 'a@example.com', name: null, role: 'org:admin' }];
    await read(async () => inventory([one]), {
      capabilities,
      reads: { getBalance: async () => usd('64.75'), listMembers: async () => members },
    });
    const result = await read(async () => inventory([one]), {
      capabilities,
      reads: {
        getBalance: async () => {
          throw new ProviderError('rate_limited', 'read balance');
        },
      },
    });
    expect(result.state).toBe('complete');
    expect(result.failure).toContain('The balance could not be read');
    const [row] = await db.select().from(connections).where(eq(connections.id, connection.id));
    expect(row?.balance).toBe('64.75');
    expect(await db.select().from(providerMembers)).toMatchObject([{ email: 'a@example.com', goneAt: null }]);
  });
});

describe('who may read, and when', () => {
  test('a lead is denied, and nothing is recorded', async ({ db }) => {
    const { connection, readRows } = await setUp(db);
    const context = createTestContext(db, { actor: testActor('lead') });
    await expect(readKeys(context, { connectionId: connection.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(cancelRead(context, { connectionId: connection.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await readRows()).toEqual([]);
  });

  test('a paused or unknown connection is not read', async ({ db }) => {
    const paused = await insertConnection(db, { state: 'paused' });
    const context = createTestContext(db);
    await expect(readKeys(context, { connectionId: paused.id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(readKeys(context, { connectionId: 0 })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a second read of the same kind is refused while one lives, and takes over from a dead one', async ({
    db,
  }) => {
    const { connection, tell, clock, readRows } = await setUp(db);
    const startedAt = clock.now();
    await db
      .insert(reads)
      .values({ connectionId: connection.id, kind: 'keys', state: 'running', startedAt, aliveAt: startedAt });
    clock.set('2026-10-15T08:00:20Z');
    await expect(tell(inventory([one]))).rejects.toMatchObject({ code: 'conflict' });
    clock.set('2026-10-15T08:00:20.001Z');
    expect(await tell(inventory([one]))).toMatchObject({ state: 'complete' });
    expect(await readRows()).toMatchObject([
      { state: 'failed', failure: 'Keyward was stopped during this read.' },
      { state: 'complete' },
    ]);
  });

  test('a cancelled read stores nothing', async ({ db }) => {
    const { connection, read, keyRows, readRows } = await setUp(db);
    const user = await insertUser(db);
    const context = createTestContext(db, { actor: { ...testActor('finance'), id: user.id } });
    const result = await read(async (options) => {
      await cancelRead(context, { connectionId: connection.id });
      options?.signal?.throwIfAborted();
      return inventory([one]);
    });
    expect(result).toMatchObject({ state: 'cancelled', failure: null });
    expect(await keyRows()).toEqual([]);
    expect(await readRows()).toMatchObject([{ state: 'cancelled', isCancelAsked: true }]);
  });

  test('progress is written while the read runs', async ({ db }) => {
    const { read, readRows } = await setUp(db);
    await read(async (options) => {
      options?.onProgress?.(100, 300);
      await expect
        .poll(readRows, { timeout: 5_000 })
        .toMatchObject([{ state: 'running', done: 100, total: 300 }]);
      return inventory([one]);
    });
  });
});

test('ten thousand keys are stored in few statements', async ({ db }) => {
  const { connection } = await setUp(db);
  const startedAt = new Date('2026-10-15T08:00:00Z');
  const told = Array.from({ length: 10_000 }, (_, index) =>
    providerKey({ externalId: `key ${index}`, limit: capped(usd('5'), 'daily') }),
  );
  let statements = 0;
  await db.transaction(async (tx) => {
    const execute = tx.execute.bind(tx);
    Object.defineProperty(tx, 'execute', {
      value: (query: Parameters<typeof execute>[0]) => {
        statements += 1;
        return execute(query);
      },
    });
    await storeKeys(tx, {
      connectionId: connection.id,
      keys: told,
      isComplete: true,
      startedAt,
      storedAt: startedAt,
    });
    expect(statements).toBeLessThanOrEqual(11);
  });
  expect(await db.$count(keys, eq(keys.connectionId, connection.id))).toBe(10_000);
});
