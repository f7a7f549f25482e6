import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { keys, providerMembers } from '@/lib/db/schema';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam, insertUser } from '@/lib/testing/factories';
import { assignKeys } from './assign-keys';
import { countLeft, listLeftPeople } from './list-left-people';

const now = new Date('2026-11-20T08:00:00Z');

async function setUp(db: Database) {
  const context = createTestContext(db, { actor: actorOf(await insertUser(db)), now });
  const connection = await insertConnection(db, { name: 'Main' });
  const member = (externalId: string, email: string | null, goneAt: Date | null) =>
    db
      .insert(providerMembers)
      .values({ connectionId: connection.id, externalId, email, name: null, lastSeenAt: now, goneAt });
  const key = (values: Partial<typeof keys.$inferInsert>) =>
    insertKey(db, { connectionId: connection.id, ...values });
  const listed = async () =>
    (await listLeftPeople(context)).map(({ name, reason, keys: held }) => [
      name,
      reason,
      held.map((each) => each.name),
    ]);
  return { context, connection, member, key, listed };
}

describe('keys of people who left', () => {
  test('are shown to admins alone', async ({ db }) => {
    for (const actor of [testActor('finance'), testActor('lead', [1])]) {
      const context = createTestContext(db, { actor });
      await expect(listLeftPeople(context)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(countLeft(context)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  test('are those owned by somebody disabled here, with their last use', async ({ db }) => {
    const { context, key, listed } = await setUp(db);
    const left = await insertUser(db, { name: 'Ada', email: 'ada@example.com', isDisabled: true });
    const here = await insertUser(db, { name: 'Bo' });
    const team = await insertTeam(db, { name: 'Search' });
    await key({ name: 'hers', ownerId: left.id, teamId: team.id, lastUsedAt: now });
    await key({ name: 'his', ownerId: here.id });
    await key({ name: 'gone already', ownerId: left.id, goneAt: now });
    expect(await listed()).toEqual([['Ada', 'disabled', ['hers']]]);
    expect((await listLeftPeople(context))[0]).toMatchObject({
      email: 'ada@example.com',
      keys: [{ team: 'Search', connection: 'Main', lastUsedAt: now.toISOString() }],
    });
    expect(await countLeft(context)).toEqual({ people: 1, keys: 1 });
  });

  test('are those made by somebody gone from the account, unless somebody else owns them since', async ({
    db,
  }) => {
    const { member, key, listed } = await setUp(db);
    await member('user_1', 'ada@example.com', now);
    await member('user_2', 'bo@example.com', null);
    const ada = await insertUser(db, { name: 'Ada', email: 'ADA@example.com' });
    const other = await insertUser(db, { name: 'Cy' });
    await key({ name: 'unowned', creatorExternalId: 'user_1' });
    await key({ name: 'her own', creatorExternalId: 'user_1', ownerId: ada.id });
    await key({ name: 'given to her', creatorExternalId: 'user_2', ownerId: ada.id });
    await key({ name: 'given on', creatorExternalId: 'user_1', ownerId: other.id });
    await key({ name: 'of one who is here', creatorExternalId: 'user_2' });
    const people = await listed();
    expect(people.flatMap(([, , names]) => names).sort()).toEqual(['given to her', 'her own', 'unowned']);
    expect(people.every(([, reason]) => reason === 'gone')).toBe(true);
    expect(people).toHaveLength(1);
  });

  test('leave the list with a new owner, and stay in the mirror whatever happens to a person', async ({
    db,
  }) => {
    const { context, key, listed } = await setUp(db);
    const left = await insertUser(db, { isDisabled: true });
    const next = await insertUser(db);
    const ids = [(await key({ ownerId: left.id })).id, (await key({ ownerId: left.id })).id];
    expect(await assignKeys(context, { keyIds: ids, ownerId: next.id, reason: 'left' })).toEqual({
      assigned: 2,
    });
    expect(await listed()).toEqual([]);
    expect((await db.select().from(keys)).map(({ ownerId }) => ownerId)).toEqual([next.id, next.id]);
  });
});
