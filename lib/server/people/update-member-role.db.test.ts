import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { users } from '@/lib/db/schema';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test, testWithCommits } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { countAudit, lastAudit } from '@/lib/testing/people';
import { updateMemberRole } from './update-member-role';

const nobody = '00000000-0000-4000-8000-000000000000';

describe('updateMemberRole', () => {
  test('gives another role and records both', async ({ db }) => {
    const admin = await insertUser(db);
    const lead = await insertUser(db, { role: 'lead' });
    await updateMemberRole(createTestContext(db, { actor: actorOf(admin) }), {
      userId: lead.id,
      role: 'finance',
    });
    const [changed] = await db.select().from(users).where(eq(users.id, lead.id));
    expect(changed?.role).toBe('finance');
    expect(await lastAudit(db)).toMatchObject({
      action: 'member.update_role',
      actorId: admin.id,
      subjectId: lead.id,
      before: { role: 'lead' },
      after: { role: 'finance' },
    });
  });

  test('never takes the last active admin away', async ({ db }) => {
    const admin = await insertUser(db);
    await insertUser(db, { role: 'admin', isDisabled: true });
    const context = createTestContext(db, { actor: actorOf(admin) });
    const attempt = updateMemberRole(context, { userId: admin.id, role: 'lead' });
    await expect(attempt).rejects.toMatchObject({ code: 'conflict' });
    expect(await countAudit(db)).toBe(0);
  });

  testWithCommits('leaves one admin when two take the role from each other at once', async ({ db }) => {
    const [one, other] = [await insertUser(db), await insertUser(db)];
    const results = await Promise.allSettled([
      updateMemberRole(createTestContext(db, { actor: actorOf(one) }), { userId: other.id, role: 'lead' }),
      updateMemberRole(createTestContext(db, { actor: actorOf(other) }), { userId: one.id, role: 'lead' }),
    ]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await db.select().from(users).where(eq(users.role, 'admin'))).toHaveLength(1);
  });

  test.for(['finance', 'lead'] as const)('is denied to %s', async (role, { db }) => {
    const member = await insertUser(db, { role: 'lead' });
    const context = createTestContext(db, { actor: testActor(role) });
    const attempt = updateMemberRole(context, { userId: member.id, role: 'admin' });
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('does not find who is not there', async ({ db }) => {
    const attempt = updateMemberRole(createTestContext(db), { userId: nobody, role: 'lead' });
    await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
  });
});
