import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { notifications, providerMembers } from '@/lib/db/schema';
import { actorOf, createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, insertUser } from '@/lib/testing/factories';
import { withTransaction } from '../context';
import { openIncident } from '../incidents/open-incident';
import { disableMember } from '../people/disable-member';
import { storeMembers } from '../reads/store-account';
import { tellOfGone } from '../teams/tell-left';

const AT = new Date('2026-10-15T08:00:00Z');

const toldTo = async (db: Database, userId: string) =>
  (await db.select().from(notifications).where(eq(notifications.userId, userId))).map(
    ({ topic, title, href }) => [topic, title, href],
  );

describe('admins are told', () => {
  test('of an incident, but not who is told of the same in other words', async ({ db }) => {
    const [admin, sender] = [await insertUser(db), await insertUser(db)];
    const lead = await insertUser(db, { role: 'lead' });
    const connection = await insertConnection(db);
    const context = createTestContext(db);
    await withTransaction(context, (tx) =>
      openIncident(tx, context, {
        kind: 'hand_over_expired',
        title: 'The secret of a was not picked up in time.',
        connectionId: connection.id,
        facts: {},
        toldOtherwise: sender.id,
      }),
    );
    expect(await toldTo(db, admin.id)).toEqual([
      ['incident.opened', 'The secret of a was not picked up in time', '/changes'],
    ]);
    expect(await toldTo(db, sender.id)).toEqual([]);
    expect(await toldTo(db, lead.id)).toEqual([]);
  });

  test('of the keys of a person who was disabled, unless there are none', async ({ db }) => {
    const admin = await insertUser(db);
    const [owner, other] = [await insertUser(db, { name: 'Ana' }), await insertUser(db)];
    const connection = await insertConnection(db);
    await insertKey(db, { connectionId: connection.id, ownerId: owner.id });
    await insertKey(db, { connectionId: connection.id, ownerId: owner.id, deletedAt: AT });
    const context = createTestContext(db, { actor: actorOf(admin), now: AT });
    await disableMember(context, { userId: other.id });
    expect(await toldTo(db, admin.id)).toEqual([]);
    await disableMember(context, { userId: owner.id });
    expect(await toldTo(db, admin.id)).toEqual([
      ['key.unowned', 'Ana left: 1 key needs a new owner', '/teams/left'],
    ]);
    expect(await toldTo(db, owner.id)).toEqual([]);
  });

  test('once of the keys of whom a read no longer found among the members', async ({ db }) => {
    const admin = await insertUser(db);
    const { id: connectionId } = await insertConnection(db);
    const member = (externalId: string) => ({ connectionId, externalId, name: externalId, lastSeenAt: AT });
    await db.insert(providerMembers).values([member('ana'), member('bo'), member('cy')]);
    for (const creatorExternalId of ['ana', 'ana', 'cy'])
      await insertKey(db, { connectionId, creatorExternalId });
    const context = createTestContext(db, { now: AT });
    const stays = [{ externalId: 'cy', email: null, name: 'cy', role: null }];
    const read = (at: Date) =>
      withTransaction(context, async (tx) => {
        await storeMembers(tx, stays, { connectionId, at });
        await tellOfGone(tx, context, { connectionId, at });
      });
    await read(AT);
    await read(new Date('2026-10-15T09:00:00Z'));
    expect(await toldTo(db, admin.id)).toEqual([
      ['key.unowned', 'ana left: 2 keys need a new owner', '/teams/left'],
    ]);
  });
});
