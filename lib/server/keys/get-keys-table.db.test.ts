import { describe, expect } from 'vitest';
import { decodeKeysTable } from '@/lib/domain/keys/keys-table';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import {
  insertConnection,
  insertContainer,
  insertKey,
  insertTeam,
  insertUser,
} from '@/lib/testing/factories';
import { getKeysTable } from './get-keys-table';

describe('what a lead is told by the key table', () => {
  test('only own keys, and no name of another team, owner, connection or workspace', async ({ db }) => {
    const [mine, theirs] = [await insertTeam(db), await insertTeam(db, { name: 'Secret project' })];
    const [near, far] = [await insertConnection(db), await insertConnection(db, { name: 'Far account' })];
    const owner = await insertUser(db, { name: 'Far Owner' });
    const box = await insertContainer(db, { connectionId: far.id, name: 'Far workspace' });
    const key = await insertKey(db, { connectionId: near.id, teamId: mine.id });
    await insertKey(db, {
      connectionId: far.id,
      containerId: box.id,
      teamId: theirs.id,
      ownerId: owner.id,
      name: 'far-key',
    });
    const table = await getKeysTable(createTestContext(db, { actor: testActor('lead', [mine.id]) }));
    expect(decodeKeysTable(table).map(({ id }) => id)).toEqual([key.id]);
    expect(JSON.stringify(table)).not.toMatch(/Secret project|Far account|Far Owner|Far workspace|far-key/);

    const whole = await getKeysTable(createTestContext(db, { actor: testActor('finance') }));
    expect(decodeKeysTable(whole)).toHaveLength(2);
    expect(decodeKeysTable(whole).find(({ name }) => name === 'far-key')).toMatchObject({
      team: { name: 'Secret project' },
      owner: { name: 'Far Owner' },
      container: { name: 'Far workspace' },
      connection: { name: 'Far account' },
    });
  });

  test('nothing at all without a team', async ({ db }) => {
    const connection = await insertConnection(db);
    await insertKey(db, { connectionId: connection.id });
    const table = await getKeysTable(createTestContext(db, { actor: testActor('lead', []) }));
    expect(table.columns.id).toEqual([]);
    expect(table.connections).toEqual([]);
  });
});
