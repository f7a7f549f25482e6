import { asc } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { usageFacts } from '@/lib/db/schema';
import { eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import { assignKeys } from '@/lib/server/teams/assign-keys';
import { createTestClock, createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import {
  insertConnection,
  insertKey,
  insertTeam,
  insertUser,
  usageFact,
  utcDay,
} from '@/lib/testing/factories';
import { expectRollUpsToEqualFacts } from '@/lib/testing/usage-totals';
import { storeUsage } from './store-usage';

const days = eachDay(utcDay('2026-09-29'), utcDay('2026-10-02'));
const today = utcDay('2026-10-02');

async function setUp(db: Database) {
  const connection = await insertConnection(db);
  const key = await insertKey(db, { connectionId: connection.id, externalId: 'one' });
  const other = await insertKey(db, { connectionId: connection.id, externalId: 'two' });
  const clock = createTestClock('2026-10-02T12:00:00Z');
  const context = createTestContext(db, { now: clock.now });
  const store = (covered: readonly UtcDay[] = days) => {
    const [from, to] = [covered[0], covered.at(-1)];
    if (!from || !to) throw new Error('a window has days');
    const facts = covered.flatMap((day) =>
      ['one', 'two'].map((keyExternalId) => usageFact({ keyExternalId, day })),
    );
    return storeUsage(context, {
      connectionId: connection.id,
      window: { from, to },
      batch: { facts, coveredDays: covered, source: 'usage', gap: null, missingKeys: [] },
      askedKeyIds: [key.id, other.id],
      readAt: clock.now(),
    });
  };
  const assign = (teamId: number | null) => assignKeys(context, { keyIds: [key.id], teamId, reason: '' });
  const own = (ownerId: string) => assignKeys(context, { keyIds: [key.id], ownerId, reason: '' });
  const teamsOfDays = async () => {
    const facts = await db.select().from(usageFacts).orderBy(asc(usageFacts.day));
    expect(facts.filter((fact) => fact.keyId === other.id).map((fact) => fact.teamId)).toEqual(
      days.map(() => 0),
    );
    return facts.filter((fact) => fact.keyId === key.id).map((fact) => fact.teamId);
  };
  return { clock, store, assign, own, teamsOfDays };
}

describe('spend and the teams of keys', () => {
  test('the first team of a key gets its past too, and a later read says the same', async ({ db }) => {
    const { store, assign, teamsOfDays } = await setUp(db);
    const team = await insertTeam(db);
    await store();
    await assign(team.id);
    expect(await teamsOfDays()).toEqual([team.id, team.id, team.id, team.id]);
    await expectRollUpsToEqualFacts(db);
    await store();
    expect(await teamsOfDays()).toEqual([team.id, team.id, team.id, team.id]);
  });

  test('the next team gets the spend from its first day on, whatever is read again', async ({ db }) => {
    const { store, assign, teamsOfDays, clock } = await setUp(db);
    const [first, second] = [await insertTeam(db), await insertTeam(db)];
    clock.set('2026-10-01T12:00:00Z');
    await store(days.slice(0, 3));
    await assign(first.id);
    clock.set('2026-10-02T12:00:00Z');
    await store([today]);
    await assign(second.id);
    expect(await teamsOfDays()).toEqual([first.id, first.id, first.id, second.id]);
    await store();
    expect(await teamsOfDays()).toEqual([first.id, first.id, first.id, second.id]);
    await expectRollUpsToEqualFacts(db);
  });

  test('an owner alone does not use up the past: the first team still gets it', async ({ db }) => {
    const { store, assign, own, teamsOfDays, clock } = await setUp(db);
    const [team, owner] = [await insertTeam(db), await insertUser(db)];
    clock.set('2026-10-01T12:00:00Z');
    await store(days.slice(0, 3));
    await own(owner.id);
    clock.set('2026-10-02T12:00:00Z');
    await store([today]);
    await assign(team.id);
    expect(await teamsOfDays()).toEqual([team.id, team.id, team.id, team.id]);
    await store();
    expect(await teamsOfDays()).toEqual([team.id, team.id, team.id, team.id]);
    await expectRollUpsToEqualFacts(db);
  });

  test('a first team that is corrected on the same day leaves no trace', async ({ db }) => {
    const { store, assign, teamsOfDays } = await setUp(db);
    const [wrong, right] = [await insertTeam(db), await insertTeam(db)];
    await store();
    await assign(wrong.id);
    await assign(right.id);
    expect(await teamsOfDays()).toEqual([right.id, right.id, right.id, right.id]);
    await assign(null);
    expect(await teamsOfDays()).toEqual([0, 0, 0, 0]);
    await store();
    expect(await teamsOfDays()).toEqual([0, 0, 0, 0]);
    await expectRollUpsToEqualFacts(db);
  });
});
