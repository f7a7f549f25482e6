import { describe, expect } from 'vitest';
import { users } from '@/lib/db/schema';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { lastAudit } from '@/lib/testing/people';
import { getUserRow } from './get-user-row';
import { signInWithOidc } from './sign-in-with-oidc';

const iss = 'https://idp.example';
const ada = { iss, sub: 'ada-1', email: 'ada@example.com', email_verified: true, name: 'Ada' };
const rule = { claim: 'groups', map: { platform: 'admin', controlling: 'finance' } } as const;
const refusal = (word: string) => ({ ok: false, answer: { refusal: word, waitSeconds: null } });

describe('signInWithOidc', () => {
  test('makes a newcomer a lead without teams', async ({ db }) => {
    const result = await signInWithOidc(createTestContext(db), ada, null);
    const [user] = await db.select().from(users);
    expect(result).toEqual({ ok: true, userId: user?.id });
    expect(user).toMatchObject({
      email: 'ada@example.com',
      name: 'Ada',
      role: 'lead',
      oidcIssuer: iss,
      passwordHash: null,
    });
    expect(await lastAudit(db)).toMatchObject({
      action: 'member.join',
      actorId: user?.id,
      after: { role: 'lead' },
    });
  });

  test('knows a person by issuer and subject, whatever the address says', async ({ db }) => {
    const user = await insertUser(db, { oidcIssuer: iss, oidcSubject: 'ada-1' });
    await insertUser(db, { email: 'ada@example.com' });
    const claims = { ...ada, email_verified: false };
    expect(await signInWithOidc(createTestContext(db), claims, null)).toEqual({ ok: true, userId: user.id });
  });

  test('does not know the same subject of another issuer', async ({ db }) => {
    const user = await insertUser(db, { oidcIssuer: 'https://other.example', oidcSubject: 'ada-1' });
    const result = await signInWithOidc(createTestContext(db), ada, null);
    expect(result).toMatchObject({ ok: true, userId: expect.not.stringMatching(user.id) });
  });

  test('links an account only by an address that the issuer vouches for', async ({ db }) => {
    const user = await insertUser(db, { email: 'Ada@Example.com', role: 'admin' });
    const context = createTestContext(db);
    for (const email_verified of [false, undefined]) {
      expect(await signInWithOidc(context, { ...ada, email_verified }, null)).toEqual(refusal('unverified'));
    }
    expect((await getUserRow(db, user.id)).oidcSubject).toBeNull();
    expect(await lastAudit(db)).toMatchObject({ action: 'session.refuse', after: { cause: 'unverified' } });

    expect(await signInWithOidc(context, ada, null)).toEqual({ ok: true, userId: user.id });
    expect(await getUserRow(db, user.id)).toMatchObject({ oidcSubject: 'ada-1', role: 'admin' });
    expect(await lastAudit(db)).toMatchObject({ action: 'member.link_single_sign_on', subjectId: user.id });
  });

  test('takes no account over that is linked to another subject', async ({ db }) => {
    const user = await insertUser(db, { email: 'ada@example.com', oidcIssuer: iss, oidcSubject: 'older' });
    expect(await signInWithOidc(createTestContext(db), ada, null)).toEqual(refusal('taken'));
    expect((await getUserRow(db, user.id)).oidcSubject).toBe('older');
  });

  test('lets no disabled person in, linked or not', async ({ db }) => {
    await insertUser(db, { email: 'ada@example.com', isDisabled: true });
    await insertUser(db, { oidcIssuer: iss, oidcSubject: 'bob', isDisabled: true });
    expect(await signInWithOidc(createTestContext(db), ada, null)).toEqual(refusal('wrong'));
    expect(await signInWithOidc(createTestContext(db), { ...ada, sub: 'bob' }, null)).toEqual(
      refusal('wrong'),
    );
  });

  test('follows the role of the claim, and lets nobody in whom it gives none', async ({ db }) => {
    const context = createTestContext(db);
    await insertUser(db);
    const user = await insertUser(db, { oidcIssuer: iss, oidcSubject: 'ada-1', role: 'lead' });
    await signInWithOidc(context, { ...ada, groups: ['controlling'] }, rule);
    expect((await getUserRow(db, user.id)).role).toBe('finance');
    expect(await lastAudit(db)).toMatchObject({
      action: 'member.update_role',
      before: { role: 'lead' },
      after: { role: 'finance' },
      outcome: 'done',
    });
    expect(await signInWithOidc(context, { ...ada, groups: ['other'] }, rule)).toEqual(refusal('no_role'));
  });

  test('never takes the last admin away', async ({ db }) => {
    const user = await insertUser(db, { oidcIssuer: iss, oidcSubject: 'ada-1', role: 'admin' });
    const result = await signInWithOidc(createTestContext(db), { ...ada, groups: ['controlling'] }, rule);
    expect(result).toEqual({ ok: true, userId: user.id });
    expect((await getUserRow(db, user.id)).role).toBe('admin');
    expect(await lastAudit(db)).toMatchObject({ action: 'member.update_role', outcome: 'refused' });
  });

  test('is denied to everybody who is signed in', async ({ db }) => {
    const context = createTestContext(db, { actor: testActor('admin') });
    await expect(signInWithOidc(context, ada, null)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
