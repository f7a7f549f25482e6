import { describe, expect } from 'vitest';
import { actorOf, createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { countAudit, lastAudit } from '@/lib/testing/people';
import { getPreferences } from './get-preferences';
import { getProfile } from './get-profile';
import { updatePreferences } from './update-preferences';
import { updateProfile } from './update-profile';

describe('updateProfile', () => {
  test('changes one’s own name and nobody else’s', async ({ db }) => {
    const [user, other] = [await insertUser(db, { role: 'lead' }), await insertUser(db)];
    const context = createTestContext(db, { actor: actorOf(user) });
    await updateProfile(context, { name: 'New Name' });
    expect(await lastAudit(db)).toMatchObject({
      action: 'account.update_profile',
      subjectId: user.id,
      before: { name: user.name },
      after: { name: 'New Name' },
    });
    expect((await getProfile(context)).name).toBe('New Name');
    expect((await getProfile(createTestContext(db, { actor: actorOf(other) }))).name).toBe(other.name);
  });

  test('writes nothing when the name is the same', async ({ db }) => {
    const user = await insertUser(db);
    await updateProfile(createTestContext(db, { actor: actorOf(user) }), { name: user.name });
    expect(await countAudit(db)).toBe(0);
  });

  test('is denied to jobs', async ({ db }) => {
    const attempt = updateProfile(createTestContext(db), { name: 'New Name' });
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('updatePreferences', () => {
  test('keeps the columns of each table apart, for oneself alone', async ({ db }) => {
    const [user, other] = [await insertUser(db), await insertUser(db)];
    const context = createTestContext(db, { actor: actorOf(user) });
    const keys = { order: ['name', 'spend'], hidden: ['owner'] };
    const spend = { order: [], hidden: ['model'] };
    await updatePreferences(context, { table: 'keys', preference: keys });
    await updatePreferences(context, { table: 'spend', preference: spend });
    expect(await getPreferences(context)).toEqual({ tables: { keys, spend }, mail: {} });
    const others = createTestContext(db, { actor: actorOf(other) });
    expect(await getPreferences(others)).toEqual({ tables: {}, mail: {} });
  });

  test('reads what no longer fits as none', async ({ db }) => {
    const user = await insertUser(db, { preferences: { tables: { keys: { order: 'name' } } } });
    expect(await getPreferences(createTestContext(db, { actor: actorOf(user) }))).toEqual({
      tables: {},
      mail: {},
    });
  });

  test('is denied to jobs', async ({ db }) => {
    const attempt = updatePreferences(createTestContext(db), {
      table: 'keys',
      preference: { order: [], hidden: [] },
    });
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });
});
