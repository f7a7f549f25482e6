import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { bulkRuns, changes, driftItems, keys, reads } from '@/lib/db/schema';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { isDue } from '@/lib/jobs/due-reads';
import { createTestContext } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertConnection, insertKey, insertUser, providerKey } from '@/lib/testing/factories';
import { fakeProvider, inventory } from '@/lib/testing/fake-provider';
import { appendAudit } from '../audit/append-audit';
import { advanceBulkRuns } from '../bulk/advance-bulk-runs';
import { settleOpenChanges } from '../changes/settle-open-changes';
import { closeDeadReads } from './close-dead-reads';
import { NEVER_READ } from './list-reads';
import { readKeys } from './read-keys';

const NOW = new Date('2026-10-15T08:00:00Z');
const AN_HOUR_AHEAD = new Date('2026-10-15T09:00:00Z');

const one = providerKey({ externalId: 'one', limit: capped(usd('20'), 'monthly') });

describe('of two instances whose clocks differ', () => {
  it('what the one behind wrote while the other read stays, and is no drift', async ({ db }) => {
    const connection = await insertConnection(db);
    const limits = { limitKind: 'capped', limitAmount: usd('20'), limitPeriod: 'monthly' } as const;
    const row = { connectionId: connection.id, externalId: 'one', name: one.name, ...limits };
    const { id } = await insertKey(db, row);
    const behind = new Date(NOW.getTime() - 3_000);
    const provider = fakeProvider({
      reads: {
        listKeys: async () => {
          const other = createTestContext(db, { now: behind });
          await db.transaction(async (tx) => {
            await tx
              .update(keys)
              .set({ limitAmount: usd('50'), writtenAt: behind })
              .where(eq(keys.id, id));
            await appendAudit(tx, other, {
              action: 'key.set_limit',
              subjectKind: 'key',
              subjectId: id,
              connectionId: connection.id,
              keyId: id,
              outcome: 'applied',
            });
          });
          return inventory([one]);
        },
      },
    });
    await readKeys(createTestContext(db, { now: NOW, provider }), { connectionId: connection.id });
    const [key] = await db.select().from(keys).where(eq(keys.id, id));
    expect(key?.limitAmount).toBe('50');
    expect(await db.select().from(driftItems)).toEqual([]);
  });
});

describe('after a clock that stood an hour ahead was set right', () => {
  it('a read brings what is true of a key that was written by the wrong clock', async ({ db }) => {
    const connection = await insertConnection(db);
    const { id } = await insertKey(db, {
      connectionId: connection.id,
      externalId: 'one',
      writtenAt: AN_HOUR_AHEAD,
    });
    const provider = fakeProvider({ reads: { listKeys: async () => inventory([one]) } });
    await readKeys(createTestContext(db, { now: NOW, provider }), { connectionId: connection.id });
    const [row] = await db.select().from(keys).where(eq(keys.id, id));
    expect(row).toMatchObject({ name: one.name, limitKind: 'capped', limitAmount: '20' });
  });

  it('a key first seen by the wrong clock is told as gone when it is', async ({ db }) => {
    const connection = await insertConnection(db);
    const { id } = await insertKey(db, { connectionId: connection.id, firstSeenAt: AN_HOUR_AHEAD });
    const provider = fakeProvider({ reads: { listKeys: async () => inventory([one]) } });
    await readKeys(createTestContext(db, { now: NOW, provider }), { connectionId: connection.id });
    const [row] = await db.select().from(keys).where(eq(keys.id, id));
    expect(row?.goneAt).toEqual(NOW);
  });

  it('a read of a process that is gone is closed, and the next one is due', async ({ db }) => {
    const connection = await insertConnection(db);
    await db.insert(reads).values({
      connectionId: connection.id,
      kind: 'keys',
      state: 'running',
      startedAt: AN_HOUR_AHEAD,
      aliveAt: AN_HOUR_AHEAD,
    });
    await closeDeadReads(db, NOW);
    const [row] = await db.select().from(reads);
    expect(row?.state).toBe('failed');
    const startedAt = AN_HOUR_AHEAD.toISOString();
    expect(isDue({ ...NEVER_READ, id: 'abcd', state: 'failed', startedAt }, NOW, 300)).toBe(true);
  });

  it('a change and a bulk run of a process that is gone are taken up', async ({ db }) => {
    const connection = await insertConnection(db);
    const key = await insertKey(db, { connectionId: connection.id });
    const person = await insertUser(db);
    const [change] = await db
      .insert(changes)
      .values({
        id: '00000000-0000-4000-8000-000000000001',
        kind: 'rename_key',
        state: 'planned',
        connectionId: connection.id,
        keyId: key.id,
        actorName: person.name,
        wish: { name: 'new' },
        before: { name: key.name },
        reason: '',
        requestId: 'test',
        plannedAt: AN_HOUR_AHEAD,
        lookAt: AN_HOUR_AHEAD,
      })
      .returning();
    const [run] = await db
      .insert(bulkRuns)
      .values({
        kind: 'disable',
        state: 'running',
        wish: { kind: 'disable', isCapInstead: false },
        createdBy: person.id,
        createdAt: AN_HOUR_AHEAD,
        workedUntil: AN_HOUR_AHEAD,
      })
      .returning();
    const context = createTestContext(db, { now: NOW });
    await settleOpenChanges(context);
    await advanceBulkRuns(context);
    const [settled] = await db
      .select()
      .from(changes)
      .where(eq(changes.id, change?.id ?? ''));
    expect(settled).toMatchObject({ state: 'settled_not_applied', lookAt: null });
    const [ended] = await db
      .select()
      .from(bulkRuns)
      .where(eq(bulkRuns.id, run?.id ?? ''));
    expect(ended?.state).toBe('finished');
  });
});

describe('a clock that is set back', () => {
  it('makes no key of the first read look like one made outside', async ({ db }) => {
    const connection = await insertConnection(db);
    const provider = fakeProvider({ reads: { listKeys: async () => inventory([one]) } });
    const read = (now: Date) =>
      readKeys(createTestContext(db, { now, provider }), { connectionId: connection.id });
    await read(AN_HOUR_AHEAD);
    await read(NOW);
    await read(new Date(NOW.getTime() + 60_000));
    expect(await db.$count(driftItems)).toBe(0);
    const two = providerKey({ externalId: 'two' });
    const more = fakeProvider({ reads: { listKeys: async () => inventory([one, two]) } });
    const now = new Date(AN_HOUR_AHEAD.getTime() + 60_000);
    await readKeys(createTestContext(db, { now, provider: more }), { connectionId: connection.id });
    expect(await db.select().from(driftItems)).toMatchObject([
      { kind: 'created', found: { name: two.name } },
    ]);
  });

  it('in the middle of a read lets no older value replace what Keyward wrote meanwhile', async ({ db }) => {
    const connection = await insertConnection(db);
    const key = await insertKey(db, { connectionId: connection.id, externalId: 'one', name: one.name });
    let now = AN_HOUR_AHEAD;
    const provider = fakeProvider({
      reads: {
        listKeys: async () => {
          now = NOW;
          await db
            .update(keys)
            .set({ limitKind: 'capped', limitAmount: usd('5'), limitPeriod: 'monthly', writtenAt: NOW })
            .where(eq(keys.id, key.id));
          return inventory([one]);
        },
      },
    });
    await readKeys(createTestContext(db, { now: () => now, provider }), { connectionId: connection.id });
    const [row] = await db.select().from(keys).where(eq(keys.id, key.id));
    expect(row?.limitAmount).toBe('5');
    expect(await db.$count(driftItems)).toBe(0);
  });
});

it('what an instance with a slower clock has just set does not show as changed outside', async ({ db }) => {
  const connection = await insertConnection(db);
  const ago = new Date(NOW.getTime() - 3_000);
  const key = await insertKey(db, { connectionId: connection.id, externalId: 'one', name: one.name });
  const limit = { limit: one.limit };
  await db.insert(changes).values({
    id: '00000000-0000-4000-8000-000000000002',
    kind: 'set_limit',
    state: 'applied',
    connectionId: connection.id,
    keyId: key.id,
    actorName: 'Ada',
    wish: limit,
    before: { limit: { kind: 'unlimited' } },
    after: limit,
    reason: '',
    requestId: 'test',
    plannedAt: ago,
    settledAt: ago,
  });
  const provider = fakeProvider({ reads: { listKeys: async () => inventory([one]) } });
  await readKeys(createTestContext(db, { now: NOW, provider }), { connectionId: connection.id });
  expect(await db.$count(driftItems)).toBe(0);
});
