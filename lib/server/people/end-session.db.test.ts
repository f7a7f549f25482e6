import { describe, expect } from 'vitest';
import { actorOf, createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { countAudit, insertSession, lastAudit } from '@/lib/testing/people';
import { endSession } from './end-session';
import { endSessions } from './end-sessions';
import { findSessionActor } from './find-session-actor';
import { listSessions } from './list-sessions';

const idleMinutes = 60;

describe('endSession', () => {
  test('ends one’s own, so that a copy of the cookie stands for nobody', async ({ db }) => {
    const user = await insertUser(db, { role: 'lead' });
    const session = await insertSession(db, { userId: user.id });
    const context = createTestContext(db, { actor: actorOf(user) });
    await endSession(context, { sessionId: session.id });
    expect(await findSessionActor(context, { sessionId: session.id, idleMinutes })).toBeNull();
    expect(await lastAudit(db)).toMatchObject({
      action: 'session.end',
      actorId: user.id,
      subjectId: session.id,
    });
  });

  test('does nothing more to one that ended already', async ({ db }) => {
    const user = await insertUser(db);
    const session = await insertSession(db, { userId: user.id, revokedAt: new Date() });
    await endSession(createTestContext(db, { actor: actorOf(user) }), { sessionId: session.id });
    expect(await countAudit(db)).toBe(0);
  });

  test.for(['finance', 'lead'] as const)('does not let %s reach somebody else’s', async (role, { db }) => {
    const [user, other] = [await insertUser(db, { role }), await insertUser(db)];
    const session = await insertSession(db, { userId: other.id });
    const context = createTestContext(db, { actor: actorOf(user) });
    await expect(endSession(context, { sessionId: session.id })).rejects.toMatchObject({ code: 'not_found' });
    expect(await findSessionActor(context, { sessionId: session.id, idleMinutes })).not.toBeNull();
  });

  test('lets an admin end anybody’s', async ({ db }) => {
    const [admin, other] = [await insertUser(db), await insertUser(db, { role: 'lead' })];
    const session = await insertSession(db, { userId: other.id });
    const context = createTestContext(db, { actor: actorOf(admin) });
    await endSession(context, { sessionId: session.id });
    expect(await lastAudit(db)).toMatchObject({ action: 'session.end', subjectName: other.name });
  });
});

describe('endSessions', () => {
  test('ends all of one’s own but the one that asks', async ({ db }) => {
    const user = await insertUser(db, { role: 'lead' });
    const here = await insertSession(db, { userId: user.id });
    await insertSession(db, { userId: user.id });
    const context = createTestContext(db, { actor: actorOf(user) });
    expect(await endSessions(context, { userId: user.id, exceptSessionId: here.id })).toEqual({ ended: 1 });
    expect(await lastAudit(db)).toMatchObject({ action: 'session.end_all', after: { ended: 1 } });
    const left = await listSessions(context, { userId: user.id, currentSessionId: here.id, idleMinutes });
    expect(left).toMatchObject([{ id: here.id, isThisOne: true }]);
  });

  test.for(['finance', 'lead'] as const)(
    'of somebody else are denied to %s, as is their list',
    async (role, { db }) => {
      const [user, other] = [await insertUser(db, { role }), await insertUser(db)];
      const context = createTestContext(db, { actor: actorOf(user) });
      const attempt = endSessions(context, { userId: other.id, exceptSessionId: null });
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
      const list = listSessions(context, { userId: other.id, currentSessionId: null, idleMinutes });
      await expect(list).rejects.toMatchObject({ code: 'forbidden' });
    },
  );
});
