import { describe, expect } from 'vitest';
import { teamMembers, users } from '@/lib/db/schema';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertTeam, insertUser } from '@/lib/testing/factories';
import { lastAudit } from '@/lib/testing/people';
import { createUser } from './create-user';

const wish = {
  email: 'lee@example.com',
  name: 'Lee',
  role: 'lead' as const,
  password: 'correct horse battery',
};

describe('createUser', () => {
  test('makes a person with teams, whose password is kept as a hash', async ({ db }) => {
    const team = await insertTeam(db);
    const { userId } = await createUser(createTestContext(db), { ...wish, teamIds: [team.id, 987_654] });
    const [user] = await db.select().from(users);
    expect(user).toMatchObject({ id: userId, email: 'lee@example.com', role: 'lead' });
    expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(await db.select().from(teamMembers)).toMatchObject([{ teamId: team.id, userId, isLead: true }]);
    const audit = await lastAudit(db);
    expect(audit).toMatchObject({ action: 'member.create', subjectId: userId, outcome: 'done' });
    expect(JSON.stringify(audit)).not.toContain('argon2');
  });

  test.for(['finance', 'lead'] as const)('is denied to %s', async (role, { db }) => {
    const context = createTestContext(db, { actor: testActor(role) });
    await expect(createUser(context, wish)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await db.select().from(users)).toHaveLength(0);
  });

  test('tells an address in use beside its field, whatever its case', async ({ db }) => {
    await insertUser(db, { email: 'Lee@Example.com' });
    await expect(createUser(createTestContext(db), wish)).rejects.toMatchObject({
      code: 'invalid',
      fieldErrors: { email: [expect.any(String)] },
    });
  });
});
