import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { changes } from '@/lib/db/schema';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { createTestClock, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import {
  insertConnection,
  insertKey,
  insertTeam,
  insertUser,
  usageFact,
  utcDay,
} from '@/lib/testing/factories';
import { assignKeys } from '../teams/assign-keys';
import { storeUsage } from '../usage/store-usage';
import { getKeyDetail } from './get-key-detail';
import { getKeyUsage } from './get-key-usage';
import { getKeyUse } from './get-key-use';
import { getKeysTable } from './get-keys-table';
import { listKeyDays } from './list-key-days';

const [october, first, yesterday, today] = [
  utcDay('2026-10-31'),
  utcDay('2026-11-01'),
  utcDay('2026-11-19'),
  utcDay('2026-11-20'),
];

async function setUp(db: Database) {
  const clock = createTestClock('2026-11-20T08:00:00Z');
  const team = await insertTeam(db, { name: 'Payments' });
  const connection = await insertConnection(db, { name: 'Main' });
  const key = await insertKey(db, {
    connectionId: connection.id,
    externalId: 'one',
    name: 'checkout',
    teamId: team.id,
  });
  const other = await insertKey(db, { connectionId: connection.id, externalId: 'two', name: 'search' });
  const context = createTestContext(db, { now: clock.now });
  await storeUsage(context, {
    connectionId: connection.id,
    window: { from: october, to: today },
    batch: {
      facts: [
        usageFact({ keyExternalId: 'one', day: october, spend: usd('7') }),
        usageFact({ keyExternalId: 'one', day: first, spend: usd('0.1'), requests: 3 }),
        usageFact({ keyExternalId: 'one', day: first, spend: usd('0.2'), model: 'anthropic/claude' }),
        usageFact({ keyExternalId: 'one', day: yesterday, spend: usd('1.0000001'), model: null }),
        usageFact({ keyExternalId: 'one', day: today, spend: usd('2') }),
        usageFact({ keyExternalId: 'two', day: today, spend: usd('50') }),
      ],
      coveredDays: [october, first, yesterday, today],
      source: 'analytics',
      gap: null,
      missingKeys: [],
    },
    askedKeyIds: [key.id, other.id],
    readAt: clock.now(),
  });
  const asLead = createTestContext(db, { actor: testActor('lead', [team.id]), now: clock.now });
  return { clock, team, connection, key, other, context, asLead };
}

describe("a key's own page", () => {
  test('shows the same month figure as the table and as its chart, to the digit', async ({ db }) => {
    const { key, context } = await setUp(db);
    const { table } = await getKeyDetail(context, { keyId: key.id });
    const whole = await getKeysTable(context);
    const usage = await getKeyUsage(context, { keyId: key.id, from: first, to: today });
    expect(table.columns.name).toEqual(['checkout']);
    expect(table.columns.monthSpend).toEqual(['3.3000001']);
    expect(whole.columns.monthSpend[whole.columns.id.indexOf(key.id)]).toBe('3.3000001');
    expect(usage.spendTotal).toBe('3.3000001');
    expect((await getKeyUse(context, { keyId: key.id })).monthSpend).toBe('3.3000001');
  });

  test('tells pace, last use and unread days of its last 30 days', async ({ db }) => {
    const { key, connection, context } = await setUp(db);
    const { recent, lastUsedDay } = await getKeyDetail(context, { keyId: key.id });
    expect(lastUsedDay).toBe(today);
    expect(recent.from).toBe('2026-10-22');
    expect(recent.known[connection.id]).toBe(`${'0'.repeat(9)}11${'0'.repeat(17)}11`);
    expect(recent.columns.pace).toEqual([1.0000001]);
  });

  test('lists its changes and assignments with names, newest first; nothing of other keys', async ({
    db,
  }) => {
    const { key, other, team, connection, context, clock } = await setUp(db);
    const ana = await insertUser(db, { name: 'Ana' });
    await db.insert(changes).values({
      id: randomUUID(),
      kind: 'set_limit',
      state: 'refused',
      connectionId: connection.id,
      keyId: key.id,
      actorName: 'Mara',
      wish: { limit: capped(usd('380'), 'monthly') },
      before: { limit: capped(usd('300'), 'monthly') },
      reason: 'Black Friday',
      failure: { kind: 'forbidden', status: 403, message: 'Not on this plan.' },
      requestId: 'request',
      plannedAt: new Date('2026-11-19T10:00:00Z'),
    });
    await assignKeys(context, {
      keyIds: [key.id, other.id],
      teamId: team.id,
      ownerId: ana.id,
      reason: 'moved',
    });
    clock.set('2026-11-20T09:00:00Z');
    await assignKeys(context, { keyIds: [other.id], teamId: null, reason: '' });
    const detail = await getKeyDetail(context, { keyId: key.id });
    expect(detail.changes).toMatchObject([
      {
        kind: 'assign',
        state: 'applied',
        before: { team: 'Payments', owner: null },
        after: { team: 'Payments', owner: 'Ana' },
        reason: 'moved',
      },
      {
        kind: 'set_limit',
        state: 'refused',
        actorName: 'Mara',
        at: '2026-11-19T10:00:00.000Z',
        before: { limit: { amount: '300' } },
        after: { limit: { amount: '380' } },
        reason: 'Black Friday',
        failure: 'OpenRouter said: “Not on this plan.”',
      },
    ]);
    expect(detail.hasMoreChanges).toBe(false);
    expect(JSON.stringify(detail.changes)).not.toContain('search');
  });

  test('shows the latest hundred changes and says that there are more', async ({ db }) => {
    const { key, connection, context } = await setUp(db);
    await db.insert(changes).values(
      Array.from({ length: 101 }, (_, index) => ({
        id: randomUUID(),
        kind: 'rename_key' as const,
        state: 'applied' as const,
        connectionId: connection.id,
        keyId: key.id,
        actorName: 'Mara',
        wish: { name: `name-${index}` },
        reason: '',
        requestId: 'request',
        plannedAt: new Date(Date.UTC(2026, 10, 1, 0, index)),
      })),
    );
    const detail = await getKeyDetail(context, { keyId: key.id });
    expect(detail.changes).toHaveLength(100);
    expect(detail.changes[0]?.after).toEqual({ name: 'name-100' });
    expect(detail.hasMoreChanges).toBe(true);
  });

  test('keeps the history of a deleted key', async ({ db }) => {
    const { connection, context } = await setUp(db);
    const deletedAt = new Date('2026-11-18T12:00:00Z');
    const gone = await insertKey(db, { connectionId: connection.id, name: 'former', deletedAt });
    expect(await getKeyDetail(context, { keyId: gone.id })).toMatchObject({
      deletedAt: '2026-11-18T12:00:00.000Z',
      lastUsedDay: null,
      changes: [],
    });
  });
});

describe('the days of a key', () => {
  test('come one by one, with unread days told apart from days without use', async ({ db }) => {
    const { other, context } = await setUp(db);
    const days = await listKeyDays(context, { keyId: other.id, from: utcDay('2026-11-18'), to: today });
    expect(days).toEqual([
      { day: '2026-11-18', spend: '0', byokSpend: '0', requests: 0, state: 'missing' },
      { day: yesterday, spend: '0', byokSpend: '0', requests: 0, state: 'complete' },
      { day: today, spend: '50', byokSpend: '0', requests: 1, state: 'open' },
    ]);
  });

  test('are split by model, with the model that is not told named as such', async ({ db }) => {
    const { key, context } = await setUp(db);
    const usage = await getKeyUsage(context, { keyId: key.id, from: first, to: yesterday });
    expect(usage.spend.map(({ label }) => label)).toEqual([
      'Model not told',
      'anthropic/claude',
      'openai/gpt-5',
    ]);
    expect(usage.requestTotal).toBe(5);
    expect(usage.days).toHaveLength(19);
  });

  test('are refused for more than 400 days', async ({ db }) => {
    const { key, context } = await setUp(db);
    const range = { keyId: key.id, from: utcDay('2025-10-16'), to: today };
    await expect(listKeyDays(context, range)).rejects.toMatchObject({ code: 'invalid' });
    await expect(getKeyUsage(context, range)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('what a lead reaches', () => {
  test('is the keys of their teams, with all that their pages show', async ({ db }) => {
    const { key, asLead } = await setUp(db);
    const range = { keyId: key.id, from: first, to: today };
    expect((await getKeyDetail(asLead, range)).table.columns.id).toEqual([key.id]);
    expect(await listKeyDays(asLead, range)).toHaveLength(20);
    expect((await getKeyUsage(asLead, range)).spendTotal).toBe('3.3000001');
    expect((await getKeyUse(asLead, range)).requestsToday).toBe(1);
  });

  test('is never a key of nobody or of another team, whichever way it is asked for', async ({ db }) => {
    const { connection, other, asLead } = await setUp(db);
    const foreign = await insertKey(db, {
      connectionId: connection.id,
      teamId: (await insertTeam(db)).id,
    });
    for (const keyId of [other.id, foreign.id, 999_999]) {
      const range = { keyId, from: first, to: today };
      const missing = { code: 'not_found' };
      await expect(getKeyDetail(asLead, range)).rejects.toMatchObject(missing);
      await expect(listKeyDays(asLead, range)).rejects.toMatchObject(missing);
      await expect(getKeyUsage(asLead, range)).rejects.toMatchObject(missing);
      await expect(getKeyUse(asLead, range)).rejects.toMatchObject(missing);
    }
    expect((await getKeysTable(asLead, { keyId: other.id })).columns.id).toEqual([]);
  });
});

describe('what still uses a key', () => {
  test('counts use of today and yesterday, and names the models', async ({ db }) => {
    const { key, context } = await setUp(db);
    expect(await getKeyUse(context, { keyId: key.id })).toMatchObject({
      name: 'checkout',
      teamName: 'Payments',
      ownerName: null,
      requestsToday: 1,
      requestsYesterday: 1,
      models: ['openai/gpt-5'],
      lastUsedDay: today,
      isInUse: true,
    });
  });

  test('takes a day that was not read for use, never for none', async ({ db }) => {
    const { key, context, clock } = await setUp(db);
    clock.set('2026-11-25T08:00:00Z');
    expect(await getKeyUse(context, { keyId: key.id })).toMatchObject({ requestsToday: null, isInUse: true });
  });

  test('finds a key that nobody used for days out of use', async ({ db }) => {
    const { connection, context } = await setUp(db);
    const idle = await insertKey(db, {
      connectionId: connection.id,
      lastUsedAt: new Date('2026-11-19T07:59:59Z'),
    });
    const recent = await insertKey(db, {
      connectionId: connection.id,
      lastUsedAt: new Date('2026-11-19T08:00:01Z'),
    });
    expect((await getKeyUse(context, { keyId: idle.id })).isInUse).toBe(false);
    expect((await getKeyUse(context, { keyId: recent.id })).isInUse).toBe(true);
  });
});
