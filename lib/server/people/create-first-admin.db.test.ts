import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { oneTimeLinks, users } from '@/lib/db/schema';
import { createTestClock, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { lastAudit } from '@/lib/testing/people';
import { createFirstAdmin } from './create-first-admin';
import { createSetupLink } from './create-setup-link';
import { isSetupLinkOpen } from './find-open-link';

const person = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };

describe('the set-up link', () => {
  test('makes its holder the first admin and says so in the audit', async ({ db }) => {
    const context = createTestContext(db);
    const link = await createSetupLink(context);
    if (!link) throw new Error('no link');
    expect(await isSetupLinkOpen(context, link.token)).toBe(true);
    await createFirstAdmin(context, { ...person, token: link.token });
    const [user] = await db.select().from(users);
    expect(user).toMatchObject({ name: 'Ada', email: 'ada@example.com', role: 'admin', isDisabled: false });
    expect(await lastAudit(db)).toMatchObject({
      action: 'setup.create_admin',
      actorId: user?.id,
      subjectId: user?.id,
      outcome: 'done',
    });
  });

  test('stands in the database only as a hash', async ({ db }) => {
    const link = await createSetupLink(createTestContext(db));
    const rows = await db.select().from(oneTimeLinks);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(link?.token);
  });

  test('works once', async ({ db }) => {
    const context = createTestContext(db);
    const token = (await createSetupLink(context))?.token ?? '';
    await createFirstAdmin(context, { ...person, token });
    const again = createFirstAdmin(context, { ...person, email: 'eve@example.com', token });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    expect(await db.select().from(users)).toHaveLength(1);
  });

  test('is dead after a day', async ({ db }) => {
    const clock = createTestClock('2026-11-20T10:00:00Z');
    const context = createTestContext(db, { now: clock.now });
    const token = (await createSetupLink(context))?.token ?? '';
    clock.set('2026-11-21T10:00:00Z');
    expect(await isSetupLinkOpen(context, token)).toBe(false);
    await expect(createFirstAdmin(context, { ...person, token })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is dead as soon as there is any admin, a disabled one too', async ({ db }) => {
    const context = createTestContext(db);
    const token = (await createSetupLink(context))?.token ?? '';
    await insertUser(db, { role: 'admin', isDisabled: true });
    expect(await isSetupLinkOpen(context, token)).toBe(false);
    await expect(createFirstAdmin(context, { ...person, token })).rejects.toMatchObject({ code: 'conflict' });
    expect(await createSetupLink(context)).toBeNull();
  });

  test('is void when a newer one is made', async ({ db }) => {
    const context = createTestContext(db);
    const first = (await createSetupLink(context))?.token ?? '';
    await createSetupLink(context);
    await expect(createFirstAdmin(context, { ...person, token: first })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('is not used up by a refused form', async ({ db }) => {
    const context = createTestContext(db);
    await insertUser(db, { role: 'lead', email: 'ada@example.com' });
    const token = (await createSetupLink(context))?.token ?? '';
    const refused = createFirstAdmin(context, { ...person, email: 'ADA@example.com', token });
    await expect(refused).rejects.toMatchObject({ fieldErrors: { email: [expect.any(String)] } });
    const [link] = await db.select().from(oneTimeLinks).where(eq(oneTimeLinks.purpose, 'setup'));
    expect(link?.usedAt).toBeNull();
  });

  test('is denied to everybody who is signed in', async ({ db }) => {
    const context = createTestContext(db, { actor: testActor('admin') });
    await expect(createSetupLink(context)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createFirstAdmin(context, { ...person, token: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
