import { describe, expect } from 'vitest';
import { filterKeys, NO_FILTERS } from '@/lib/domain/keys/key-filters';
import { DEFAULT_KEY_SORT } from '@/lib/domain/keys/key-sort';
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
import { listTeams } from '../teams/list-teams';
import { exportKeys } from './export-keys';
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

describe('keys that are on their way out', () => {
  test('of a removed connection are looked after no more; deleted ones tell their day; the own key is marked', async ({
    db,
  }) => {
    const [left, kept] = [
      await insertConnection(db, { state: 'removed' }),
      await insertConnection(db, { ownKeyExternalId: 'own' }),
    ];
    const team = await insertTeam(db);
    const deleteAfter = new Date('2026-11-27T10:00:00Z');
    await insertKey(db, { connectionId: left.id, name: 'left-behind', teamId: team.id });
    await insertKey(db, { connectionId: kept.id, name: 'leaving', isDisabled: true, deleteAfter });
    await insertKey(db, { connectionId: kept.id, name: 'management', externalId: 'own' });
    await insertKey(db, { connectionId: left.id, name: 'not-it', externalId: 'own' });
    const context = createTestContext(db, { actor: testActor('admin') });
    const rows = decodeKeysTable(await getKeysTable(context));
    const told = rows.map(({ name, status, deleteAfterMs, isOwnKey }) => [
      name,
      status,
      deleteAfterMs,
      isOwnKey,
    ]);
    expect(told).toEqual([
      ['left-behind', 'removed', null, false],
      ['leaving', 'deleting', deleteAfter.getTime(), false],
      ['management', 'active', null, true],
      ['not-it', 'removed', null, false],
    ]);
    const names = (filters: typeof NO_FILTERS) =>
      filterKeys(rows, filters, { nowMs: Date.now(), recent: null }).map(({ name }) => name);
    expect(names(NO_FILTERS)).toEqual(['leaving', 'management']);
    expect(names({ ...NO_FILTERS, status: ['removed'] })).toEqual(['left-behind', 'not-it']);
    expect(names({ ...NO_FILTERS, status: ['deleting'] })).toEqual(['leaving']);
    const { pieces } = await exportKeys(context, {
      filters: { ...NO_FILTERS, status: 'all' },
      sort: DEFAULT_KEY_SORT,
    });
    const csv = [...pieces].join('');
    expect(csv).toMatch(/left-behind,.*,removed,/);
    expect(csv).toMatch(/leaving,.*,deleting,/);
    expect((await listTeams(context, { teamId: team.id }))[0]?.keyCount).toBe(0);
  });
});
