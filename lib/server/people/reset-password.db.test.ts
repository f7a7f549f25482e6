import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { oneTimeLinks, users } from '@/lib/db/schema';
import { actorOf, createTestClock, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { countAudit, insertSession, lastAudit } from '@/lib/testing/people';
import { changePassword } from './change-password';
import { createPasswordLink } from './create-password-link';
import { disableMember } from './disable-member';
import { enableMember } from './enable-member';
import { findPasswordLink } from './find-open-link';
import { getUserRow } from './get-user-row';
import { hashPassword, verifyPassword } from './password-hash';
import { resetPassword } from './reset-password';
import { signInWithPassword } from './sign-in-with-password';

const OLD = 'correct horse battery';
const NEW = 'quite another phrase';

async function makePeople(db: Database, now = () => new Date('2026-11-20T10:00:00Z')) {
  const admin = await insertUser(db, { role: 'admin' });
  const ines = await insertUser(db, { role: 'lead', passwordHash: await hashPassword(OLD) });
  const asAdmin = createTestContext(db, { actor: actorOf(admin), now });
  const outside = createTestContext(db, { now });
  return { admin, ines, asAdmin, outside };
}

describe('a new-password link', () => {
  test('lets a member choose a password and ends every session', async ({ db }) => {
    const { admin, ines, asAdmin, outside } = await makePeople(db);
    await insertSession(db, { userId: ines.id }, outside.now());
    await insertSession(db, { userId: ines.id }, outside.now());
    const { token, expiresAt } = await createPasswordLink(asAdmin, { userId: ines.id });
    expect(expiresAt).toEqual(new Date('2026-11-21T10:00:00Z'));
    expect(await lastAudit(db)).toMatchObject({
      action: 'member.create_password_link',
      actorId: admin.id,
      subjectId: ines.id,
    });
    expect(JSON.stringify(await db.select().from(oneTimeLinks))).not.toContain(token);
    expect(await findPasswordLink(outside, token)).toEqual({ name: ines.name, email: ines.email });

    expect(await resetPassword(outside, { token, password: NEW })).toEqual({ email: ines.email });
    const { passwordHash } = await getUserRow(db, ines.id);
    expect(passwordHash).toMatch(/^\$argon2id\$/);
    expect(await verifyPassword(passwordHash, NEW)).toBe(true);
    const audit = await lastAudit(db);
    expect(audit).toMatchObject({
      action: 'account.reset_password',
      actorId: ines.id,
      after: { endedSessions: 2 },
    });
    expect(JSON.stringify(audit)).not.toMatch(/horse|phrase|argon2/);
  });

  test('works once, and at the end of 24 hours no more', async ({ db }) => {
    const clock = createTestClock('2026-11-20T10:00:00Z');
    const { ines, asAdmin, outside } = await makePeople(db, clock.now);
    const used = await createPasswordLink(asAdmin, { userId: ines.id });
    await resetPassword(outside, { token: used.token, password: NEW });
    const again = resetPassword(outside, { token: used.token, password: OLD });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });

    const late = await createPasswordLink(asAdmin, { userId: ines.id });
    clock.set('2026-11-21T09:59:59.999Z');
    expect(await findPasswordLink(outside, late.token)).not.toBeNull();
    clock.set('2026-11-21T10:00:00Z');
    expect(await findPasswordLink(outside, late.token)).toBeNull();
    const attempt = resetPassword(outside, { token: late.token, password: OLD });
    await expect(attempt).rejects.toMatchObject({ code: 'conflict' });
    expect(await verifyPassword((await getUserRow(db, ines.id)).passwordHash, NEW)).toBe(true);
  });

  test('is void once a newer one is made, the password is changed, or the member is disabled', async ({
    db,
  }) => {
    const { ines, asAdmin, outside } = await makePeople(db);
    const make = async () => (await createPasswordLink(asAdmin, { userId: ines.id })).token;
    const replaced = await make();
    const overtaken = await make();
    expect(await findPasswordLink(outside, replaced)).toBeNull();
    const self = createTestContext(db, { actor: actorOf(ines), now: outside.now });
    await changePassword(self, { currentPassword: OLD, newPassword: NEW, currentSessionId: null });
    expect(await findPasswordLink(outside, overtaken)).toBeNull();
    const shut = await make();
    await disableMember(asAdmin, { userId: ines.id });
    await enableMember(asAdmin, { userId: ines.id });
    const attempt = resetPassword(outside, { token: shut, password: OLD });
    await expect(attempt).rejects.toMatchObject({ code: 'conflict' });
  });

  test('lets in who guessed wrong too often before', async ({ db }) => {
    const { ines, asAdmin, outside } = await makePeople(db);
    const signIn = (password: string) => signInWithPassword(outside, { email: ines.email, password }, null);
    for (let tries = 0; tries < 6; tries++) await signIn('a guess');
    expect(await signIn(OLD)).toMatchObject({ ok: false, answer: { refusal: 'throttled' } });
    const { token } = await createPasswordLink(asAdmin, { userId: ines.id });
    await resetPassword(outside, { token, password: NEW });
    expect(await signIn(NEW)).toMatchObject({ ok: true });
  });

  test('is not made for oneself, for who is disabled, for who has no password, or for nobody', async ({
    db,
  }) => {
    const { admin, ines, asAdmin } = await makePeople(db);
    const federated = await insertUser(db, { oidcIssuer: 'https://idp.example', oidcSubject: '1' });
    await db.update(users).set({ isDisabled: true }).where(eq(users.id, ines.id));
    const wishes = [
      [admin.id, 'conflict'],
      [ines.id, 'conflict'],
      [federated.id, 'unsupported'],
      ['00000000-0000-4000-8000-000000000000', 'not_found'],
    ] as const;
    for (const [userId, code] of wishes) {
      await expect(createPasswordLink(asAdmin, { userId })).rejects.toMatchObject({ code });
    }
    expect(await db.select().from(oneTimeLinks)).toEqual([]);
    expect(await countAudit(db)).toBe(0);
  });

  test.for(['finance', 'lead'] as const)('is denied to %s', async (role, { db }) => {
    const { ines } = await makePeople(db);
    const context = createTestContext(db, { actor: testActor(role) });
    const attempt = createPasswordLink(context, { userId: ines.id });
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('of another kind does not open this door, and nobody signed in goes through', async ({ db }) => {
    const { ines, asAdmin, outside } = await makePeople(db);
    const { token } = await createPasswordLink(asAdmin, { userId: ines.id });
    const signedIn = resetPassword(asAdmin, { token, password: NEW });
    await expect(signedIn).rejects.toMatchObject({ code: 'forbidden' });
    await db.update(oneTimeLinks).set({ purpose: 'invitation' });
    const attempt = resetPassword(outside, { token, password: NEW });
    await expect(attempt).rejects.toMatchObject({ code: 'conflict' });
  });
});
