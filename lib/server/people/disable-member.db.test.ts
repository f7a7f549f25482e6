import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { users } from '@/lib/db/schema';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { insertSession, lastAudit } from '@/lib/testing/people';
import { disableMember } from './disable-member';
import { enableMember } from './enable-member';
import { findSessionActor } from './find-session-actor';

describe('disableMember', () => {
  test('shuts a person out at once; enabling brings no session back', async ({ db }) => {
    const admin = await insertUser(db);
    const member = await insertUser(db, { role: 'finance' });
    const session = await insertSession(db, { userId: member.id });
    const context = createTestContext(db, { actor: actorOf(admin) });
    const query = { sessionId: session.id, idleMinutes: 60 };
    expect(await findSessionActor(context, query)).toMatchObject({ id: member.id });

    await disableMember(context, { userId: member.id });
    expect(await lastAudit(db)).toMatchObject({
      action: 'member.disable',
      actorId: admin.id,
      subjectId: member.id,
    });
    expect(await findSessionActor(context, query)).toBeNull();

    await enableMember(context, { userId: member.id });
    expect(await lastAudit(db)).toMatchObject({ action: 'member.enable', subjectId: member.id });
    const [back] = await db.select().from(users).where(eq(users.id, member.id));
    expect(back?.isDisabled).toBe(false);
    expect(await findSessionActor(context, query)).toBeNull();
  });

  test('never shuts out the last active admin', async ({ db }) => {
    const admin = await insertUser(db);
    const context = createTestContext(db);
    await expect(disableMember(context, { userId: admin.id })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('does not shut out oneself', async ({ db }) => {
    const [admin] = [await insertUser(db), await insertUser(db)];
    const context = createTestContext(db, { actor: actorOf(admin) });
    await expect(disableMember(context, { userId: admin.id })).rejects.toMatchObject({ code: 'conflict' });
  });

  test.for(['finance', 'lead'] as const)('is denied to %s, as is enabling', async (role, { db }) => {
    const member = await insertUser(db, { role: 'lead' });
    const context = createTestContext(db, { actor: testActor(role) });
    await expect(disableMember(context, { userId: member.id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(enableMember(context, { userId: member.id })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
