import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { usageByKeyMonth } from '@/lib/db/schema';
import { filterKeys, type KeyFilters, NO_FILTERS } from '@/lib/domain/keys/key-filters';
import { DEFAULT_KEY_SORT, sortKeys } from '@/lib/domain/keys/key-sort';
import { decodeKeysTable } from '@/lib/domain/keys/keys-table';
import { usd } from '@/lib/domain/money/usd';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam, insertUser, utcDay } from '@/lib/testing/factories';
import type { ServerContext } from '../context';
import { getKeysTable } from './get-keys-table';
import { hasManyKeys, listFirstKeys } from './list-first-keys';

const now = new Date('2026-11-20T12:00:00Z');

async function setUp(db: Database) {
  const [alpha, beta] = [await insertTeam(db, { name: 'Alpha' }), await insertTeam(db, { name: 'Beta' })];
  const [first, second] = [await insertConnection(db), await insertConnection(db, { name: 'Second' })];
  const removed = await insertConnection(db, { name: 'Removed', state: 'removed' });
  const owner = await insertUser(db, { name: 'Zora Neale' });
  for (let at = 0; at < 24; at += 1) {
    const connection = [first, second, removed][at % 3] ?? first;
    const team = [alpha, beta, null][at % 4] ?? null;
    const key = await insertKey(db, {
      connectionId: connection.id,
      name: `${at % 2 === 0 ? 'Checkout' : 'search'} prod ${at}`,
      teamId: team?.id ?? null,
      ownerId: at % 5 === 0 ? owner.id : null,
      goneAt: at === 6 ? now : null,
      isDisabled: at === 9,
      creatorEmail: `maker-${at % 3}@example.com`,
    });
    await db.insert(usageByKeyMonth).values({
      month: utcDay('2026-11-01'),
      keyId: key.id,
      teamId: team?.id ?? 0,
      connectionId: connection.id,
      requests: 1,
      promptTokens: 0,
      completionTokens: 0,
      reasoningTokens: 0,
      spend: usd((at * 7919) % 97),
      byokSpend: usd(0),
    });
  }
  return { alpha, beta, second, owner };
}

const rowsOf = async (context: ServerContext, filters: KeyFilters) => {
  const facts = { nowMs: now.getTime(), recent: null };
  const show = (wire: Parameters<typeof decodeKeysTable>[0]) =>
    sortKeys(filterKeys(decodeKeysTable(wire), filters, facts), DEFAULT_KEY_SORT, facts);
  return {
    first: show(await listFirstKeys(context, filters)),
    all: show(await getKeysTable(context)),
  };
};

describe('the first rows of the key table', () => {
  test('are the rows at the top of the whole table, with every filter that they heed', async ({ db }) => {
    const { alpha, beta, second, owner } = await setUp(db);
    const wanted: Partial<KeyFilters>[] = [
      {},
      { q: 'checkout PROD' },
      { q: 'zora' },
      { q: 'beta maker-1' },
      { connections: [second.id] },
      { teams: [alpha.id, 0] },
      { owners: [owner.id] },
      { owners: ['none'], teams: [beta.id] },
      { q: '100%_nothing' },
    ];
    for (const actor of [testActor('admin'), testActor('lead', [alpha.id])]) {
      const context = createTestContext(db, { now, actor });
      for (const filters of wanted) {
        const { first, all } = await rowsOf(context, { ...NO_FILTERS, ...filters });
        expect(first, JSON.stringify(filters)).toEqual(all);
      }
    }
    const { all } = await rowsOf(createTestContext(db, { now }), NO_FILTERS);
    expect(all.length).toBeGreaterThan(10);
  });

  test('are 200 at the most, those that spent most', async ({ db }) => {
    await setUp(db);
    const { id: connectionId } = await insertConnection(db, { name: 'Large' });
    for (let at = 0; at < 200; at += 1) await insertKey(db, { connectionId, name: `idle ${at}` });
    const { first, all } = await rowsOf(createTestContext(db, { now }), NO_FILTERS);
    expect(first).toHaveLength(200);
    expect(first.slice(0, 15).map(({ id }) => id)).toEqual(all.slice(0, 15).map(({ id }) => id));
  });

  test('are asked for by themselves only where there are very many keys', async ({ db }) => {
    await setUp(db);
    expect(await hasManyKeys(createTestContext(db, { now }))).toBe(false);
  });
});
