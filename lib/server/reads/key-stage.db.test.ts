import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { keys } from '@/lib/db/schema';
import { UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import type { KeyInventory, ProviderReads } from '@/lib/providers/port';
import { ProviderError } from '@/lib/providers/provider-error';
import { createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, providerKey } from '@/lib/testing/factories';
import { fakeProvider, inventory } from '@/lib/testing/fake-provider';
import { clearStage } from './key-stage';
import { readKeys } from './read-keys';

const COUNT = 700;
const told = Array.from({ length: COUNT }, (_, index) =>
  providerKey({
    externalId: `key ${String(index).padStart(3, '0')}`,
    name: `"Quoted\\" {${index}, NULL}`,
    labels: index % 2 === 0 ? { env: 'prod, "a"' } : undefined,
    spend: { daily: usd('0.000000000001'), weekly: null, monthly: usd(index), lifetime: null },
    expiresAt: index % 3 === 0 ? new Date('2027-01-01T00:00:00.123Z') : null,
  }),
);

async function setUp(db: Database, name = 'Main') {
  const connection = await insertConnection(db, { name });
  const countStaged = async () =>
    (await db.execute<{ count: number }>(sql`select count(*) as count from key_stage`)).rows[0]?.count;
  const keyRows = () =>
    db.select().from(keys).where(eq(keys.connectionId, connection.id)).orderBy(keys.externalId);
  const read = (listKeys: ProviderReads['listKeys']) => {
    const provider = fakeProvider({ reads: { listKeys } });
    return readKeys(createTestContext(db, { provider }), { connectionId: connection.id });
  };
  /** Tells all keys by pages, waits until they are put aside, and ends as it is told. */
  const readStaged = (end: () => Promise<KeyInventory>) =>
    read(async (options) => {
      for (let from = 0; from < COUNT; from += 100) options?.onKeys?.(told.slice(from, from + 100));
      await expect.poll(countStaged, { timeout: 20_000 }).toBe(COUNT);
      return end();
    });
  return { connection, countStaged, keyRows, read, readStaged };
}

/** What a key's row says, but for its id and the moments of the read. */
function contents(rows: readonly (typeof keys.$inferSelect)[]) {
  return rows.map(({ id, connectionId, firstSeenAt, lastSeenAt, ...row }) => row);
}

describe('keys that are put aside while the provider still answers', () => {
  test('are not in the mirror before the read ends, and then as if told at once', async ({ db }) => {
    const { keyRows, readStaged } = await setUp(db);
    const result = await readStaged(async () => {
      expect(await keyRows()).toEqual([]);
      return inventory(told);
    });
    expect(result.state).toBe('complete');
    const direct = await setUp(db, 'Other');
    await direct.read(async () => inventory(told));
    expect(contents(await keyRows())).toEqual(contents(await direct.keyRows()));
  });

  test('count only as the read tells them in the end', async ({ db }) => {
    const { connection, keyRows, readStaged } = await setUp(db);
    await insertKey(db, { connectionId: connection.id, externalId: 'key 000', name: 'Old' });
    await insertKey(db, { connectionId: connection.id, externalId: 'key 002', name: 'Old' });
    const [first, second, , ...others] = told;
    if (!first || !second) throw new Error('there are keys');
    await readStaged(async () =>
      inventory([first, { ...second, name: 'Told anew', limit: UNLIMITED }, ...others]),
    );
    const rows = await keyRows();
    expect(rows).toHaveLength(COUNT);
    expect(rows.slice(0, 3)).toMatchObject([
      { externalId: 'key 000', name: first.name, goneAt: null },
      { externalId: 'key 001', name: 'Told anew', limitKind: 'unlimited' },
      { externalId: 'key 002', name: 'Old' },
    ]);
    expect(rows[2]?.goneAt).not.toBeNull();
  });

  test('are stored from memory when the database has lost them', async ({ db }) => {
    const { keyRows, readStaged } = await setUp(db);
    await readStaged(async () => {
      await db.execute(sql`delete from key_stage where external_id > 'key 400'`);
      return inventory(told);
    });
    expect(await keyRows()).toHaveLength(COUNT);
  });

  test('change nothing when the read fails, and are forgotten then', async ({ db }) => {
    const { connection, countStaged, keyRows, readStaged } = await setUp(db);
    await insertKey(db, { connectionId: connection.id, externalId: 'key 000', name: 'Old' });
    const before = await keyRows();
    const result = await readStaged(async () => {
      await clearStage(db);
      expect(await countStaged()).toBe(COUNT);
      throw new ProviderError('unavailable', 'list keys');
    });
    expect(result.state).toBe('failed');
    expect(await keyRows()).toEqual(before);
    await clearStage(db);
    expect(await countStaged()).toBe(0);
  });
});
