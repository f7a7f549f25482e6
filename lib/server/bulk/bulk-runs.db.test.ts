import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { auditEvents, bulkItems, bulkRuns, changes, keys, users } from '@/lib/db/schema';
import { capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { percentOf, setUpBulk } from '@/lib/testing/bulk';
import { as, changeOutside, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithCommits as it } from '@/lib/testing/database';
import { insertTeam } from '@/lib/testing/factories';
import { trueKeys } from '@/lib/testing/settling';
import { advanceBulkRuns } from './advance-bulk-runs';
import { retryBulkRun, undoBulkRun } from './follow-bulk-run';
import { getBulkRun, listBulkRuns } from './get-bulk-run';
import { previewBulk } from './preview-bulk';
import { startBulkRun } from './start-bulk-run';
import { cancelBulkRun, pauseBulkRun, resumeBulkRun } from './steer-bulk-run';

let openrouter: TestEmulator;
let requesty: TestEmulator;
beforeAll(async () => {
  openrouter = await startVendor('openrouter');
  requesty = await startVendor('requesty');
});
afterAll(async () => {
  await openrouter.close();
  await requesty.close();
});

describe('a bulk change', () => {
  it('previews, runs unattended, and ends with what was done and what was not', async ({ db }) => {
    const { context, system, keyIds, start, view, amounts, emulator, prefix } = await setUpBulk(
      db,
      4,
      openrouter,
    );
    const preview = await previewBulk(context, { keyIds, action: percentOf(-20) });
    expect(preview).toMatchObject({ changes: 4, skipped: 0 });
    expect(preview.rows[0]).toMatchObject({
      before: { limit: capped(usd(25), 'monthly') },
      wish: { kind: 'set_limit', limit: capped(usd(20), 'monthly') },
      words: 'May spend less than now.',
    });
    const runId = await start(percentOf(-20));
    const [third] = await trueKeys(emulator, `${prefix}-2`);
    await changeOutside(emulator, { op: 'update', key: third?.externalId, limit: 77 });
    await advanceBulkRuns(system);
    expect(await amounts()).toEqual([20, 20, 77, 20]);
    const run = await view(runId);
    expect(run).toMatchObject({
      state: 'finished',
      counts: { applied: 3, refused: 1, waiting: 0 },
      canRetry: true,
      canUndo: true,
      rows: [{}, {}, { state: 'refused', message: expect.stringContaining('Nothing was overwritten') }, {}],
    });
    const steps = await db.select().from(changes).where(eq(changes.parentId, runId));
    expect(steps.map(({ state, actorName }) => [state, actorName])).toEqual(
      Array(3).fill(['applied', context.actor.name]),
    );
    const trail = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, runId))
      .orderBy(asc(auditEvents.seq));
    expect(trail.map(({ action }) => action)).toEqual(['bulk.start', 'bulk.finish']);
    expect(await listBulkRuns(context)).toMatchObject([{ id: runId }]);
  });

  it('refuses to start what is not what was previewed', async ({ db }) => {
    const { context, keyIds } = await setUpBulk(db, 1, openrouter);
    const input = { keyIds, action: percentOf(-20) };
    const { digest } = await previewBulk(context, input);
    await db
      .update(keys)
      .set({ limitAmount: usd(30) })
      .where(eq(keys.id, keyIds[0] ?? 0));
    const attempt = startBulkRun(context, { ...input, digest, confirmation: '', reason: '' });
    await expect(attempt).rejects.toMatchObject({ code: 'stale' });
    expect(await db.select().from(bulkRuns)).toEqual([]);
  });

  it('denies finance and leads, and tells keys that are not there as not found', async ({ db }) => {
    const { context, keyIds, start } = await setUpBulk(db, 1, openrouter);
    const runId = await start(percentOf(10));
    for (const role of ['finance', 'lead'] as const) {
      const denied = as(context, testActor(role, [1]));
      const attempts = [
        () => previewBulk(denied, { keyIds, action: percentOf(10) }),
        () =>
          startBulkRun(denied, { keyIds, action: percentOf(10), digest: 'x', confirmation: '', reason: '' }),
        () => pauseBulkRun(denied, { runId }),
        () => cancelBulkRun(denied, { runId }),
        () => undoBulkRun(denied, { runId }),
        () => getBulkRun(denied, { runId, page: 1, state: null }),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
    }
    const missing = previewBulk(context, { keyIds: [2_000_000], action: percentOf(10) });
    await expect(missing).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is paused, resumed and cancelled between keys', async ({ db }) => {
    const { context, system, start, view, amounts } = await setUpBulk(db, 3, openrouter);
    const runId = await start(percentOf(100));
    await pauseBulkRun(context, { runId });
    await advanceBulkRuns(system);
    expect(await amounts()).toEqual([25, 25, 25]);
    await expect(pauseBulkRun(context, { runId })).rejects.toMatchObject({ code: 'conflict' });
    await resumeBulkRun(context, { runId });
    await db
      .update(bulkItems)
      .set({ notBefore: new Date('2099-01-01') })
      .where(eq(bulkItems.position, 3));
    await advanceBulkRuns(system);
    await cancelBulkRun(context, { runId });
    await advanceBulkRuns(system);
    expect(await amounts()).toEqual([50, 50, 25]);
    expect(await view(runId)).toMatchObject({ state: 'cancelled', counts: { applied: 2, cancelled: 1 } });
    const { runId: again } = await retryBulkRun(context, { runId });
    await advanceBulkRuns(system);
    expect(await amounts()).toEqual([50, 50, 50]);
    expect(await view(again)).toMatchObject({ state: 'finished', retriesRunId: runId, total: 1 });
  });

  it('puts the done ones back, and leaves alone what was changed again since', async ({ db }) => {
    const { context, system, start, view, amounts, emulator, prefix } = await setUpBulk(db, 3, openrouter);
    const runId = await start({ kind: 'set_limit', rule: { by: 'limit', limit: UNLIMITED } });
    await advanceBulkRuns(system);
    expect(await amounts()).toEqual([0, 0, 0]);
    const [second] = await trueKeys(emulator, `${prefix}-1`);
    await changeOutside(emulator, { op: 'update', key: second?.externalId, limit: 9 });
    const { runId: back } = await undoBulkRun(context, { runId });
    await advanceBulkRuns(system);
    expect(await amounts()).toEqual([25, 9, 25]);
    expect(await view(back)).toMatchObject({
      kind: 'undo',
      undoesRunId: runId,
      counts: { applied: 2, refused: 1 },
    });
  });

  it('acts as the person who started it: a right that is lost stops the rest', async ({ db }) => {
    const { system, start, view, person, amounts } = await setUpBulk(db, 2, openrouter);
    const runId = await start(percentOf(100));
    await db.update(users).set({ role: 'finance' }).where(eq(users.id, person.id));
    await advanceBulkRuns(system);
    expect(await amounts()).toEqual([25, 25]);
    await db.update(users).set({ role: 'admin' }).where(eq(users.id, person.id));
    expect(await view(runId)).toMatchObject({
      state: 'finished',
      counts: { refused: 2 },
      rows: [{ message: expect.stringContaining('does not allow') }, {}],
    });
  });

  it('disables, caps instead, enables, assigns and deletes', async ({ db }) => {
    const at = await setUpBulk(db, 2, openrouter);
    const other = await setUpBulk(db, 1, requesty, { vendor: 'requesty' });
    const ids = [...at.keyIds, ...other.keyIds];
    await at.start({ kind: 'disable', isCapInstead: true }, ids);
    await advanceBulkRuns(at.system);
    const rows = () => db.select().from(keys).orderBy(asc(keys.id));
    expect((await rows()).map(({ isDisabled, limitAmount }) => [isDisabled, limitAmount])).toEqual([
      [true, '25'],
      [true, '25'],
      [false, '0.01'],
    ]);
    const enabling = await at.start({ kind: 'enable' }, ids);
    await advanceBulkRuns(at.system);
    expect(await at.view(enabling)).toMatchObject({
      counts: { applied: 2, skipped: 1 },
      rows: [{}, {}, { state: 'skipped', wish: null, message: expect.stringContaining('no way to disable') }],
    });
    const team = await insertTeam(db);
    await at.start({ kind: 'assign', teamId: team.id }, ids);
    await advanceBulkRuns(at.system);
    expect((await rows()).map(({ teamId }) => teamId)).toEqual([team.id, team.id, team.id]);
    await db
      .update(keys)
      .set({ lastUsedAt: new Date() })
      .where(eq(keys.id, ids[0] ?? 0));
    const preview = await previewBulk(at.context, { keyIds: ids, action: { kind: 'delete' } });
    expect(preview).toMatchObject({ confirmation: 'delete 3 keys', inUse: 1 });
    const untyped = startBulkRun(at.context, {
      keyIds: ids,
      action: { kind: 'delete' },
      digest: preview.digest,
      confirmation: '',
      reason: '',
    });
    await expect(untyped).rejects.toMatchObject({
      code: 'invalid',
      fieldErrors: { confirmation: expect.any(Array) },
    });
    const deleting = await at.start({ kind: 'delete' }, ids);
    await advanceBulkRuns(at.system);
    const ends = async () =>
      (await rows()).map(({ isDisabled, deletedAt, deleteAfter }) =>
        deletedAt ? 'deleted' : deleteAfter ? 'waiting' : isDisabled ? 'disabled' : 'enabled',
      );
    expect(await ends()).toEqual(['waiting', 'waiting', 'deleted']);
    expect(await at.view(deleting)).toMatchObject({ undoable: 2, canUndo: true });
    const { runId: undoing } = await undoBulkRun(at.context, { runId: deleting });
    await advanceBulkRuns(at.system);
    expect(await ends()).toEqual(['enabled', 'enabled', 'deleted']);
    expect(await at.view(undoing)).toMatchObject({ counts: { applied: 2 }, total: 2 });
  });

  it('cannot put back what was deleted for good', async ({ db }) => {
    const { start, system, view, context } = await setUpBulk(db, 2, requesty, { vendor: 'requesty' });
    const deleting = await start({ kind: 'delete' });
    await advanceBulkRuns(system);
    expect(await view(deleting)).toMatchObject({ counts: { applied: 2 }, undoable: 0, canUndo: false });
    await expect(undoBulkRun(context, { runId: deleting })).rejects.toMatchObject({ code: 'conflict' });
  });
});
