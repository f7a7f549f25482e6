import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { sessions, users } from '@/lib/db/schema';
import { createTestClock, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertTeam, insertTeamMember, insertUser } from '@/lib/testing/factories';
import { insertSession, lastAudit } from '@/lib/testing/people';
import { createSession } from './create-session';
import { findSessionActor } from './find-session-actor';

const browser = {
  method: 'password',
  address: '203.0.113.9',
  userAgent: 'Test',
  replacesSessionId: null,
} as const;

describe('createSession', () => {
  test('begins a session that stands for its person, and records the sign-in', async ({ db }) => {
    const user = await insertUser(db, { role: 'lead' });
    const [led, archived] = [await insertTeam(db), await insertTeam(db, { archivedAt: new Date() })];
    await insertTeamMember(db, { teamId: led.id, userId: user.id, isLead: true });
    await insertTeamMember(db, { teamId: archived.id, userId: user.id, isLead: true });
    const context = createTestContext(db);
    const { sessionId } = await createSession(context, { userId: user.id, ...browser });
    expect(await lastAudit(db)).toMatchObject({
      action: 'session.create',
      actorId: user.id,
      actorRole: 'lead',
      subjectId: sessionId,
      after: { method: 'password', address: '203.0.113.9' },
    });
    expect(await findSessionActor(context, { sessionId, idleMinutes: 60 })).toEqual({
      kind: 'user',
      id: user.id,
      name: user.name,
      email: user.email,
      role: 'lead',
      teamIds: [led.id],
    });
  });

  test('ends the session that the browser had before', async ({ db }) => {
    const user = await insertUser(db);
    const former = await insertSession(db, { userId: user.id });
    const context = createTestContext(db);
    await createSession(context, { userId: user.id, ...browser, replacesSessionId: former.id });
    expect(await findSessionActor(context, { sessionId: former.id, idleMinutes: 60 })).toBeNull();
  });

  test('begins none for a disabled person', async ({ db }) => {
    const user = await insertUser(db, { isDisabled: true });
    const attempt = createSession(createTestContext(db), { userId: user.id, ...browser });
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is denied to everybody who is signed in', async ({ db }) => {
    const user = await insertUser(db);
    const context = createTestContext(db, { actor: testActor('admin') });
    const attempt = createSession(context, { userId: user.id, ...browser });
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('findSessionActor', () => {
  test('reads the role anew each time', async ({ db }) => {
    const user = await insertUser(db, { role: 'admin' });
    const { id: sessionId } = await insertSession(db, { userId: user.id });
    await db.update(users).set({ role: 'finance' }).where(eq(users.id, user.id));
    const actor = await findSessionActor(createTestContext(db), { sessionId, idleMinutes: 60 });
    expect(actor?.role).toBe('finance');
  });

  test('finds nobody once the session is ended, expired or idle', async ({ db }) => {
    const now = new Date('2026-11-20T10:00:00Z');
    const { id: userId } = await insertUser(db);
    const context = createTestContext(db, { now });
    const ended = await insertSession(db, { userId, revokedAt: now }, now);
    const expired = await insertSession(db, { userId, expiresAt: now }, now);
    const idle = await insertSession(db, { userId, lastSeenAt: new Date('2026-11-20T09:00:00Z') }, now);
    for (const session of [ended, expired, idle]) {
      expect(await findSessionActor(context, { sessionId: session.id, idleMinutes: 60 })).toBeNull();
    }
  });

  test('writes the last use at most once a minute', async ({ db }) => {
    const clock = createTestClock('2026-11-20T10:00:00Z');
    const user = await insertUser(db);
    const { id: sessionId } = await insertSession(db, { userId: user.id }, clock.now());
    const context = createTestContext(db, { now: clock.now });
    const lastUse = async () => {
      await findSessionActor(context, { sessionId, idleMinutes: 60 });
      const [row] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
      return row?.lastSeenAt.toISOString();
    };
    clock.set('2026-11-20T10:00:59Z');
    expect(await lastUse()).toBe('2026-11-20T10:00:00.000Z');
    clock.set('2026-11-20T10:01:00Z');
    expect(await lastUse()).toBe('2026-11-20T10:01:00.000Z');
    const [seen] = await db.select().from(users).where(eq(users.id, user.id));
    expect(seen?.lastSeenAt?.toISOString()).toBe('2026-11-20T10:01:00.000Z');
  });
});
