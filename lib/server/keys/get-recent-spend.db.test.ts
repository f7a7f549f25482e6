import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { barValues, decodeRecentSpend, RECENT_DAYS } from '@/lib/domain/keys/recent-spend';
import { usd } from '@/lib/domain/money/usd';
import { addDays, eachDay, startOfUtcDay, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam, usageFact } from '@/lib/testing/factories';
import { storeUsage } from '../usage/store-usage';
import { getRecentSpend } from './get-recent-spend';

const now = new Date('2026-09-30T12:00:00Z');
const today = utcDayOf(now);
const first = addDays(today, 1 - RECENT_DAYS);

async function setUp(db: Database) {
  const team = await insertTeam(db);
  const connection = await insertConnection(db);
  const own = await insertKey(db, { connectionId: connection.id, externalId: 'own', teamId: team.id });
  const other = await insertKey(db, { connectionId: connection.id, externalId: 'other' });
  const store = (facts: readonly UsageFact[], covered: readonly UtcDay[], readAt = now) => {
    const [from, to] = [covered[0], covered.at(-1)];
    if (!from || !to) throw new Error('a window has days');
    return storeUsage(createTestContext(db, { now }), {
      connectionId: connection.id,
      window: { from, to },
      batch: { facts, coveredDays: covered, source: 'analytics', gap: null, missingKeys: [] },
      askedKeyIds: [own.id, other.id],
      readAt,
    });
  };
  return { team, connection, own, other, store };
}

const spent = (keyExternalId: string, day: UtcDay, spend: number, values: Partial<UsageFact> = {}) =>
  usageFact({ keyExternalId, day, spend: usd(spend), ...values });

describe('the last 30 days of every key', () => {
  test('sum models by day, with the pace of the last 7 whole days', async ({ db }) => {
    const { connection, own, store } = await setUp(db);
    const facts = eachDay(first, today).map((day) => spent('own', day, 2));
    await store([...facts, spent('own', today, 5, { model: 'other/model' })], eachDay(first, today));
    const recent = decodeRecentSpend(await getRecentSpend(createTestContext(db, { now })));
    const facts30 = recent.of(own.id);
    expect(recent.from).toBe(first);
    expect(facts30).toMatchObject({
      peak: 7,
      total: 65,
      pace: 2,
      lastUsedDayMs: startOfUtcDay(today).getTime(),
    });
    const values = barValues(facts30.bars, recent.known(connection.id));
    expect(values.at(-1)).toBe(1);
    expect(values[0]).toBeCloseTo(2 / 7, 1);
  });

  test('tell days that were not read from days without spend, and leave them out of the pace', async ({
    db,
  }) => {
    const { connection, own, store } = await setUp(db);
    const yesterday = addDays(today, -1);
    await store([spent('own', yesterday, 6)], [addDays(today, -2), yesterday]);
    const recent = decodeRecentSpend(await getRecentSpend(createTestContext(db, { now })));
    const values = barValues(recent.of(own.id).bars, recent.known(connection.id));
    expect(values.slice(-4)).toEqual([null, 0, 1, null]);
    expect(recent.of(own.id).pace).toBe(3);
  });

  test('are read again for the days that brought news, and only then', async ({ db }) => {
    const { own, store } = await setUp(db);
    const context = createTestContext(db, { now });
    await store([spent('own', today, 1)], [today]);
    expect(decodeRecentSpend(await getRecentSpend(context)).of(own.id).total).toBe(1);
    await store([spent('own', today, 4)], [today], new Date(now.getTime() + 60_000));
    expect(decodeRecentSpend(await getRecentSpend(context)).of(own.id).total).toBe(4);
    const tomorrow = createTestContext(db, { now: new Date(now.getTime() + 86_400_000) });
    const moved = decodeRecentSpend(await getRecentSpend(tomorrow));
    expect(moved.from).toBe(addDays(first, 1));
    expect(moved.of(own.id).total).toBe(4);
  });

  test('reach a lead only for the keys of their teams, from the same memory', async ({ db }) => {
    const { team, own, other, store } = await setUp(db);
    await store([spent('own', today, 1), spent('other', today, 2)], [today]);
    const all = await getRecentSpend(createTestContext(db, { now, actor: testActor('finance') }));
    expect([...all.columns.id].sort()).toEqual([own.id, other.id].sort());
    const lead = await getRecentSpend(createTestContext(db, { now, actor: testActor('lead', [team.id]) }));
    expect(lead.columns.id).toEqual([own.id]);
    const nobody = await getRecentSpend(createTestContext(db, { now, actor: testActor('lead') }));
    expect(nobody.columns.id).toEqual([]);
  });
});
