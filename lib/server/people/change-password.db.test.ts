import { describe, expect } from 'vitest';
import { actorOf, createTestClock, createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { countAudit, insertSession, lastAudit } from '@/lib/testing/people';
import { changePassword } from './change-password';
import { findSessionActor } from './find-session-actor';
import { getUserRow } from './get-user-row';
import { hashPassword, verifyPassword } from './password-hash';

const wish = { currentPassword: 'correct horse battery', newPassword: 'quite another phrase' };

describe('changePassword', () => {
  test('changes it and ends the other sessions', async ({ db }) => {
    const user = await insertUser(db, {
      role: 'lead',
      passwordHash: await hashPassword(wish.currentPassword),
    });
    const here = await insertSession(db, { userId: user.id });
    const elsewhere = await insertSession(db, { userId: user.id });
    const context = createTestContext(db, { actor: actorOf(user) });
    expect(await changePassword(context, { ...wish, currentSessionId: here.id })).toEqual({ ended: 1 });
    const { passwordHash } = await getUserRow(db, user.id);
    expect(await verifyPassword(passwordHash, wish.newPassword)).toBe(true);
    expect(await findSessionActor(context, { sessionId: here.id, idleMinutes: 60 })).not.toBeNull();
    expect(await findSessionActor(context, { sessionId: elsewhere.id, idleMinutes: 60 })).toBeNull();
    const audit = await lastAudit(db);
    expect(audit).toMatchObject({ action: 'account.change_password', after: { endedSessions: 1 } });
    expect(JSON.stringify(audit)).not.toMatch(/horse|phrase|argon2/);
  });

  test('asks for the current one, and after a few wrong ones to wait', async ({ db }) => {
    const clock = createTestClock('2026-11-20T10:00:00Z');
    const user = await insertUser(db, { passwordHash: await hashPassword(wish.currentPassword) });
    const context = createTestContext(db, { actor: actorOf(user), now: clock.now });
    const guess = () =>
      changePassword(context, { ...wish, currentPassword: 'guess', currentSessionId: null });
    for (let tries = 0; tries < 5; tries++) {
      await expect(guess()).rejects.toMatchObject({ fieldErrors: { currentPassword: [expect.any(String)] } });
    }
    await expect(guess()).rejects.toMatchObject({ code: 'throttled' });
    expect(await verifyPassword((await getUserRow(db, user.id)).passwordHash, wish.currentPassword)).toBe(
      true,
    );
    expect(await countAudit(db)).toBe(0);
  });

  test('has nothing to change for who signs in elsewhere', async ({ db }) => {
    const user = await insertUser(db, { oidcIssuer: 'https://idp.example', oidcSubject: '1' });
    const attempt = changePassword(createTestContext(db, { actor: actorOf(user) }), {
      ...wish,
      currentSessionId: null,
    });
    await expect(attempt).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('is denied to jobs', async ({ db }) => {
    const attempt = changePassword(createTestContext(db), { ...wish, currentSessionId: null });
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });
});
