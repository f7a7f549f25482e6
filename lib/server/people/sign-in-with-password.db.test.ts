import { describe, expect } from 'vitest';
import { signInThrottles } from '@/lib/db/schema';
import { createTestClock, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { countAudit, lastAudit } from '@/lib/testing/people';
import { hashPassword } from './password-hash';
import { signInWithPassword } from './sign-in-with-password';

const password = 'correct horse battery';
const right = { email: 'ada@example.com', password };
const wrong = { ...right, password: 'guess' };
const here = '203.0.113.9';
const refused = { ok: false, answer: { refusal: 'wrong', waitSeconds: null } };

const insertAda = async (db: Parameters<typeof insertUser>[0], isDisabled = false) =>
  insertUser(db, { email: 'Ada@example.com', passwordHash: await hashPassword(password), isDisabled });

describe('signInWithPassword', () => {
  test('knows a person by address, in any case, and password', async ({ db }) => {
    const ada = await insertAda(db);
    const result = await signInWithPassword(
      createTestContext(db),
      { ...right, email: 'ADA@Example.COM' },
      here,
    );
    expect(result).toEqual({ ok: true, userId: ada.id });
  });

  test('answers alike for wrong, unknown, disabled and passwordless, and records each', async ({ db }) => {
    const ada = await insertAda(db);
    await insertUser(db, { email: 'sso@example.com', oidcIssuer: 'i', oidcSubject: 's' });
    const context = createTestContext(db);
    expect(await signInWithPassword(context, wrong, here)).toEqual(refused);
    const audit = await lastAudit(db);
    expect(audit).toMatchObject({
      action: 'session.refuse',
      actorId: null,
      subjectId: ada.id,
      after: { email: 'ada@example.com', address: here, cause: 'wrong_password' },
      outcome: 'denied',
    });
    expect(JSON.stringify(audit)).not.toContain('guess');
    expect(await signInWithPassword(context, { ...right, email: 'nobody@example.com' }, here)).toEqual(
      refused,
    );
    expect(await lastAudit(db)).toMatchObject({
      subjectName: 'nobody@example.com',
      after: { cause: 'unknown_address' },
    });
    expect(await signInWithPassword(context, { ...right, email: 'sso@example.com' }, here)).toEqual(refused);
  });

  test('lets a disabled person in with no password', async ({ db }) => {
    await insertAda(db, true);
    expect(await signInWithPassword(createTestContext(db), right, here)).toEqual(refused);
    expect(await lastAudit(db)).toMatchObject({ after: { cause: 'disabled' } });
  });

  test.for(['ada@example.com', 'nobody@example.com'])(
    'makes tries at %s wait, even the right one',
    async (email, { db }) => {
      const clock = createTestClock('2026-11-20T10:00:00Z');
      await insertAda(db);
      const context = createTestContext(db, { now: clock.now });
      for (let tries = 0; tries < 5; tries++) {
        expect(await signInWithPassword(context, { ...wrong, email }, null)).toEqual(refused);
      }
      const rows = await countAudit(db);
      expect(await signInWithPassword(context, { ...right, email }, null)).toEqual({
        ok: false,
        answer: { refusal: 'throttled', waitSeconds: 1 },
      });
      expect(await countAudit(db)).toBe(rows);
      clock.set('2026-11-20T10:00:01Z');
      expect(await signInWithPassword(context, { ...wrong, email }, null)).toEqual(refused);
      const again = await signInWithPassword(context, { ...wrong, email }, null);
      expect(again).toMatchObject({ answer: { waitSeconds: 2 } });
    },
  );

  test('makes one network address wait that tries many accounts, and no other', async ({ db }) => {
    const ada = await insertAda(db);
    const context = createTestContext(db, { now: new Date('2026-11-20T10:00:00Z') });
    for (let tries = 0; tries < 25; tries++) {
      await signInWithPassword(context, { ...wrong, email: `person${tries}@example.com` }, here);
    }
    expect(await signInWithPassword(context, right, here)).toMatchObject({
      answer: { refusal: 'throttled' },
    });
    expect(await signInWithPassword(context, right, '198.51.100.7')).toEqual({ ok: true, userId: ada.id });
  });

  test('forgets the failures of an account once it signs in', async ({ db }) => {
    await insertAda(db);
    const context = createTestContext(db);
    for (let tries = 0; tries < 4; tries++) await signInWithPassword(context, wrong, here);
    await signInWithPassword(context, right, here);
    expect(await db.select().from(signInThrottles)).toMatchObject([
      { subject: `address:${here}`, failures: 4 },
    ]);
  });

  test('is denied to everybody who is signed in', async ({ db }) => {
    const context = createTestContext(db, { actor: testActor('admin') });
    await expect(signInWithPassword(context, right, here)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
