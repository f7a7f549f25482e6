import { describe, expect } from 'vitest';
import { filterKeys, NO_FILTERS, type UnownedFilter } from '@/lib/domain/keys/key-filters';
import { decodeKeysTable } from '@/lib/domain/keys/keys-table';
import { keyAttention } from '@/lib/domain/overview/key-attention';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam, insertUser } from '@/lib/testing/factories';
import { listAssignmentRules } from '../assignment/list-assignment-rules';
import { getKeysTable } from '../keys/get-keys-table';
import { countUnowned } from './count-unowned';

describe('the unowned list', () => {
  test('is the same on every page: all keys that exist and lack a team, an owner, or both', async ({
    db,
  }) => {
    const [here, left] = [await insertConnection(db), await insertConnection(db, { state: 'removed' })];
    const [team, owner] = [await insertTeam(db), await insertUser(db)];
    const [teamId, ownerId, connectionId] = [team.id, owner.id, here.id];
    await insertKey(db, { connectionId, name: 'whole', teamId, ownerId });
    await insertKey(db, { connectionId, name: 'no owner', teamId });
    await insertKey(db, { connectionId, name: 'no team', ownerId, isDisabled: true });
    await insertKey(db, { connectionId, name: 'neither' });
    await insertKey(db, { connectionId, name: 'gone', goneAt: new Date() });
    await insertKey(db, { connectionId, name: 'deleted', deletedAt: new Date() });
    await insertKey(db, { connectionId: left.id, name: 'of a removed connection' });
    const context = createTestContext(db, { actor: testActor('admin') });

    const told = await countUnowned(context);
    expect(told).toEqual({ keys: 3, withoutTeam: 2, withoutOwner: 2 });
    const now = context.now();
    const rows = decodeKeysTable(await getKeysTable(context), now);
    const counted = (unowned: UnownedFilter) =>
      filterKeys(rows, { ...NO_FILTERS, unowned }, { nowMs: now.getTime(), recent: null }).length;
    expect([counted('any'), counted('team'), counted('owner')]).toEqual([3, 2, 2]);
    expect(keyAttention(rows, null, now).counts.unowned).toBe(3);
    expect((await listAssignmentRules(context)).lacking).toBe(3);
  });

  test('is for those who assign keys', async ({ db }) => {
    for (const role of ['finance', 'lead'] as const) {
      const context = createTestContext(db, { actor: testActor(role) });
      await expect(countUnowned(context)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});
