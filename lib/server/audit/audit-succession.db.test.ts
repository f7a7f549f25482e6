import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { changes, keys, rotations } from '@/lib/db/schema';
import { NO_AUDIT_FILTERS } from '@/lib/domain/audit/audit-filters';
import type { RotationAct } from '@/lib/domain/rotation/rotation-act';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam, insertUser } from '@/lib/testing/factories';
import { withTransaction } from '../context';
import { getKeyDetail } from '../keys/get-key-detail';
import { auditRotation } from '../rotation/record-rotation';
import { appendAudit } from './append-audit';
import { exportAudit } from './export-audit';
import { listAudit } from './list-audit';
import { listOwnAudit } from './list-own-audit';
import { verifyAudit } from './verify-audit';

const now = new Date('2026-11-20T12:00:00Z');

/** `first` was rotated to `second`, in vain to `tried`, and `second` to `third`; `other` has nothing to do with them. */
async function setUp(db: Database) {
  const admin = createTestContext(db, { now, actor: actorOf(await insertUser(db)) });
  const { id: connectionId } = await insertConnection(db);
  const [team, otherTeam] = [await insertTeam(db), await insertTeam(db)];
  const make = (name: string, succeedsKeyId: number | null = null) =>
    insertKey(db, { connectionId, name, succeedsKeyId, teamId: team.id });
  const first = await make('first');
  const second = await make('second', first.id);
  const third = await make('third', second.id);
  const tried = await make('tried');
  const other = await make('other');
  const rotate = async (oldKey: typeof first, newKey: typeof first, acts: readonly RotationAct[]) => {
    const [row] = await db
      .insert(rotations)
      .values({
        oldKeyId: oldKey.id,
        newKeyId: newKey.id,
        state: 'done',
        quietHours: 24,
        startedAt: now,
        finishedAt: now,
      })
      .returning();
    if (!row) throw new Error('no rotation');
    await withTransaction(admin, async (tx) => {
      for (const act of acts) {
        const made = act === 'start' ? { id: null, name: newKey.name } : newKey;
        await auditRotation(tx, admin, { rotationId: row.id, act, old: oldKey, newKey: made });
      }
    });
    return row.id;
  };
  const note = (action: string, keyId: number, changeId: string | null = null) =>
    withTransaction(admin, (tx) =>
      appendAudit(tx, admin, { action, subjectKind: 'key', keyId, changeId, outcome: 'applied' }),
    );
  await rotate(first, tried, ['start', 'go_back']);
  const rotationId = await rotate(first, second, ['start', 'stop_old']);
  const [step] = await db
    .insert(changes)
    .values({
      id: '00000000-0000-4000-8000-00000000000a',
      kind: 'disable_key',
      state: 'applied',
      connectionId,
      keyId: first.id,
      parentId: rotationId,
      actorName: 'Keyward',
      wish: {},
      reason: '',
      requestId: 'r',
      plannedAt: now,
    })
    .returning();
  await note('key.disable_key', first.id, step?.id);
  await rotate(second, third, ['start']);
  await note('key.set_limit', first.id);
  await note('key.set_limit', third.id);
  await note('key.set_limit', other.id);
  const told = async (keyId: number) => {
    const { rows } = await listAudit(admin, { filters: { ...NO_AUDIT_FILTERS, keyId } });
    return rows.map(({ action, key }) => `${action.split('.')[1]} ${key?.name}`).reverse();
  };
  return { admin, first, second, third, tried, other, team, otherTeam, told };
}

const OF_LINE = ['start first', 'go_back first', 'start first', 'stop_old first', 'disable_key first'];

describe('the audit log of one key', () => {
  it('tells the rotations of its whole line, and of the others nothing else', async ({ db }) => {
    const world = await setUp(db);
    expect(await world.told(world.first.id)).toEqual([...OF_LINE, 'start second', 'set_limit first']);
    expect(await world.told(world.second.id)).toEqual([...OF_LINE, 'start second']);
    expect(await world.told(world.third.id)).toEqual([...OF_LINE, 'start second', 'set_limit third']);
    expect(await world.told(world.tried.id)).toEqual(['start first', 'go_back first']);
    expect(await world.told(world.other.id)).toEqual(['set_limit other']);
    expect((await verifyAudit(world.admin)).fault).toBeNull();
  });

  it('is exported with the same rows', async ({ db }) => {
    const world = await setUp(db);
    const filters = { ...NO_AUDIT_FILTERS, keyId: world.third.id };
    for (const format of ['csv', 'jsonl'] as const) {
      let text = '';
      for await (const piece of (await exportAudit(world.admin, { filters, format })).pieces) text += piece;
      expect(text.match(/rotation\.stop_old/g), format).toHaveLength(1);
      expect(text.match(/key\.set_limit/g), format).toHaveLength(1);
    }
  });

  it('stands on the page of each key of the line; a lead sees no step that names another team’s key', async ({
    db,
  }) => {
    const world = await setUp(db);
    const acts = async (context: typeof world.admin, keyId: number) =>
      (await getKeyDetail(context, { keyId })).changes
        .map(({ kind }) => kind)
        .filter((kind) => kind.startsWith('rotation.'));
    for (const { id } of [world.first, world.second, world.third]) {
      expect((await acts(world.admin, id)).sort(), String(id)).toEqual(
        [
          'rotation.go_back',
          'rotation.start',
          'rotation.start',
          'rotation.start',
          'rotation.stop_old',
        ].sort(),
      );
    }
    await db.update(keys).set({ teamId: world.otherTeam.id }).where(eq(keys.id, world.first.id));
    const lead = { ...world.admin, actor: testActor('lead', [world.team.id]) };
    expect(await acts(lead, world.third.id)).toEqual(['rotation.start']);
  });
});

describe('a person’s own part', () => {
  it('is theirs alone, newest first, for every role', async ({ db }) => {
    const admin = createTestContext(db, { now, actor: actorOf(await insertUser(db)) });
    const lead = createTestContext(db, { now, actor: actorOf(await insertUser(db, { role: 'lead' })) });
    const note = (by: typeof admin, action: string) =>
      withTransaction(by, (tx) => appendAudit(tx, by, { action, subjectKind: 'user', outcome: 'done' }));
    await note(lead, 'session.sign_in');
    await note(admin, 'team.create');
    await note(lead, 'request.create');
    expect((await listOwnAudit(lead)).map(({ action }) => action)).toEqual([
      'request.create',
      'session.sign_in',
    ]);
    expect((await listOwnAudit(admin)).map(({ action }) => action)).toEqual(['team.create']);
    await expect(
      listOwnAudit({ ...admin, actor: { kind: 'system', name: 'Keyward' } }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
