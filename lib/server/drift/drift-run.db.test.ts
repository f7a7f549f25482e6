import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditEvents, bulkItems, bulkRuns, changes, driftItems, raises, rotations } from '@/lib/db/schema';
import type { DriftDecision } from '@/lib/domain/drift/drift-run';
import type { DriftView } from '@/lib/domain/drift/drift-view';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { as, injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithCommits as it } from '@/lib/testing/database';
import { driftWorld } from '@/lib/testing/drifting';
import { clearFaults, routesOf, trueKeys } from '@/lib/testing/settling';
import { advanceBulkRuns } from '../bulk/advance-bulk-runs';
import { retryBulkRun, undoBulkRun } from '../bulk/follow-bulk-run';
import { getBulkRun } from '../bulk/get-bulk-run';
import { pauseBulkRun, resumeBulkRun } from '../bulk/steer-bulk-run';
import { listDrift } from './list-drift';
import { putBackDrift } from './put-back-drift';
import { startDriftRun } from './start-drift-run';

let openrouter: TestEmulator;
beforeAll(async () => {
  openrouter = await startVendor('openrouter');
});
afterEach(() => clearFaults(openrouter));
afterAll(() => openrouter.close());

const monthly = (amount: number) => capped(usd(amount), 'monthly');
const shown = ({ id, digest }: DriftView) => ({ itemId: id, digest });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

/** A key whose limit, name and state were changed outside, and the ways to decide on all three at once. */
async function setUp(db: Database, name: string, outside: Record<string, unknown>) {
  const world = await driftWorld(db, 'openrouter', openrouter, name);
  await world.change(outside);
  await world.read();
  const inbox = () => listDrift(world.context, { isIgnored: false });
  const start = async (decision: DriftDecision, until: Date | null = null) => {
    const { items } = await inbox();
    const given = { items: items.map(shown), decision, until: until?.toISOString() ?? null, reason: 'ours' };
    return (await startDriftRun(world.context, given)).runId;
  };
  const view = (runId: string) => getBulkRun(world.context, { runId, page: 1, state: null });
  const advance = () => advanceBulkRuns(world.system);
  const decisions = async () =>
    (await db.select({ decision: driftItems.decision }).from(driftItems)).map(({ decision }) => decision);
  const truth = async (of = name) => (await trueKeys(openrouter, of))[0];
  return { ...world, inbox, start, view, advance, decisions, truth };
}

const allThree = (name: string) => ({ limit: 77, name: `${name}-moved`, disabled: true });

describe('the same decision on many differences', () => {
  it('is put back by the server, through the ledger, one change of a key after the other', async ({ db }) => {
    const world = await setUp(db, 'run-back', allThree('run-back'));
    const runId = await world.start('put_back');
    const { items } = await world.inbox();
    expect(items.map((item) => item.runId)).toEqual([runId, runId, runId]);
    await world.advance();
    expect(await world.view(runId)).toMatchObject({
      kind: 'drift',
      state: 'finished',
      counts: { applied: 3 },
      undoable: 3,
    });
    expect(await world.truth()).toMatchObject({ amount: 25, disabled: false });
    expect(await world.decisions()).toEqual(['put_back', 'put_back', 'put_back']);
    const itemIds = (await db.select({ id: driftItems.id }).from(driftItems)).map(({ id }) => id);
    const sent = (await db.select().from(changes)).filter(({ parentId }) => itemIds.includes(parentId ?? ''));
    expect(sent.map(({ requestId }) => requestId)).toEqual([runId, runId, runId]);
    const told = await db.select().from(auditEvents).where(eq(auditEvents.action, 'drift.put_back'));
    expect(told).toHaveLength(3);
    await world.read();
    expect((await world.inbox()).items).toEqual([]);
  });

  it('waits with the others of a key while the first of them waits', async ({ db }) => {
    const world = await setUp(db, 'run-in-turn', allThree('run-in-turn'));
    const runId = await world.start('put_back');
    const isFirst = and(eq(bulkItems.runId, runId), eq(bulkItems.position, 1));
    await db
      .update(bulkItems)
      .set({ notBefore: inDays(1) })
      .where(isFirst);
    await world.advance();
    expect(await world.view(runId)).toMatchObject({ state: 'running', counts: { applied: 0, waiting: 3 } });
    await db.update(bulkItems).set({ notBefore: null }).where(isFirst);
    await world.advance();
    expect(await world.view(runId)).toMatchObject({ state: 'finished', counts: { applied: 3 } });
  });

  it('can be paused, and what was put back can be set again as it was found', async ({ db }) => {
    const world = await setUp(db, 'run-undo', allThree('run-undo'));
    const runId = await world.start('put_back');
    await pauseBulkRun(world.context, { runId });
    await world.advance();
    expect(await world.truth('run-undo-moved')).toMatchObject({ amount: 77, disabled: true });
    await resumeBulkRun(world.context, { runId });
    await world.advance();
    const undo = await undoBulkRun(world.context, { runId });
    await world.advance();
    expect(await world.view(undo.runId)).toMatchObject({ state: 'finished', counts: { applied: 3 } });
    expect(await world.truth('run-undo-moved')).toMatchObject({ amount: 77, disabled: true });
    await world.read();
    expect((await world.inbox()).items).toEqual([]);
  });

  it('is adopted or put off without any call, and neither is taken back', async ({ db }) => {
    const world = await setUp(db, 'run-adopt', allThree('run-adopt'));
    const until = inDays(7);
    const ignoring = await world.start('ignore', until);
    await world.advance();
    expect(await world.view(ignoring)).toMatchObject({
      state: 'finished',
      counts: { applied: 3 },
      undoable: 0,
    });
    expect(await world.inbox()).toMatchObject({ open: 0, ignored: 3 });
    const { items } = await listDrift(world.context, { isIgnored: true });
    const { runId } = await startDriftRun(world.context, {
      items: items.map(shown),
      decision: 'adopt',
      until: null,
      reason: '',
    });
    await world.advance();
    expect(await world.view(runId)).toMatchObject({ state: 'finished', counts: { applied: 3 }, undoable: 0 });
    expect(await world.decisions()).toEqual(['adopted', 'adopted', 'adopted']);
    expect(await db.$count(changes, eq(changes.requestId, runId))).toBe(0);
    await expect(undoBulkRun(world.context, { runId })).rejects.toMatchObject({ code: 'conflict' });
    const past = { items: items.map(shown), decision: 'ignore' as const, until: inDays(-1).toISOString() };
    await expect(startDriftRun(world.context, { ...past, reason: '' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('decides exactly what was shown: another value since is left alone, also when it is tried again', async ({
    db,
  }) => {
    const world = await setUp(db, 'run-moved', { limit: 77 });
    const runId = await world.start('put_back');
    await expect(world.start('put_back')).rejects.toMatchObject({
      code: 'stale',
      message: 'Another bulk change is deciding on it.',
    });
    await world.limitOutside(78);
    await world.advance();
    expect(await world.view(runId)).toMatchObject({ state: 'finished', counts: { refused: 1 } });
    await expect(retryBulkRun(world.context, { runId })).rejects.toMatchObject({ code: 'conflict' });
    expect(await world.truth()).toMatchObject({ amount: 78 });
    expect((await world.inbox()).items).toMatchObject([{ found: { limit: monthly(78) }, runId: null }]);
  });

  it('undoes nothing under a raise or a rotation that began after the decision', async ({ db }) => {
    const world = await setUp(db, 'run-raised', { limit: 77 });
    const runId = await world.start('put_back');
    const [raise] = await db
      .insert(raises)
      .values({
        keyId: world.keyId,
        state: 'active',
        baseLimit: monthly(25),
        raisedLimit: monthly(60),
        reason: 'launch',
        startsAt: new Date(),
        endsAt: inDays(2),
      })
      .returning();
    await world.advance();
    const [first] = (await world.view(runId)).rows;
    expect(first).toMatchObject({ state: 'refused', message: expect.stringContaining('A raise of the key') });
    await db
      .update(raises)
      .set({ state: 'cancelled', endedAt: new Date() })
      .where(eq(raises.id, raise?.id ?? ''));
    const again = await world.start('put_back');
    await db.insert(rotations).values({
      oldKeyId: world.keyId,
      state: 'watching',
      quietHours: 24,
      startedAt: new Date(),
    });
    await world.advance();
    const [second] = (await world.view(again)).rows;
    expect(second).toMatchObject({
      state: 'refused',
      message: expect.stringContaining('A rotation of the key'),
    });
    expect(await world.truth()).toMatchObject({ amount: 77 });
    // Shown with the rotation in sight, it is put back.
    await world.start('put_back');
    await world.advance();
    expect(await world.truth()).toMatchObject({ amount: 25 });
  });

  it('survives a kill at any moment: what was decided or sent is neither lost nor done twice', async ({
    db,
  }) => {
    const world = await setUp(db, 'run-killed', allThree('run-killed'));
    const runId = await world.start('put_back');
    const leave = () => db.update(bulkItems).set({ state: 'sent', changeId: null });
    const [item] = (await world.inbox()).items;
    if (!item) throw new Error('nothing to decide');
    // As a process leaves it that died after the provider answered, and before the run knew.
    await putBackDrift({ ...world.context, requestId: runId }, { ...shown(item), typedName: '', reason: '' });
    await leave();
    await world.advance();
    await world.advance();
    expect(await world.view(runId)).toMatchObject({ state: 'finished', counts: { applied: 3 } });
    expect(await db.$count(changes, eq(changes.requestId, runId))).toBe(3);
    expect(await world.truth()).toMatchObject({ amount: 25, disabled: false });
  });

  it('an adoption that a dead process could not report counts as done', async ({ db }) => {
    const world = await setUp(db, 'run-adopted', { limit: 77 });
    const runId = await world.start('adopt');
    await world.advance();
    await db.update(bulkItems).set({ state: 'sent' });
    await db.update(bulkRuns).set({ state: 'running', finishedAt: null });
    await world.advance();
    expect(await world.view(runId)).toMatchObject({ state: 'finished', counts: { applied: 1, refused: 0 } });
    expect(await db.$count(auditEvents, eq(auditEvents.action, 'drift.adopt'))).toBe(1);
  });

  it('waits when the provider asks for patience, and tells why it refused', async ({ db }) => {
    const world = await setUp(db, 'run-refused', { limit: 77 });
    const runId = await world.start('put_back');
    await injectFault(openrouter, {
      route: routesOf.openrouter.limit,
      times: 1,
      status: 429,
      retryAfter: 0.1,
    });
    await world.advance();
    await injectFault(openrouter, { route: routesOf.openrouter.limit, times: 1, status: 403 });
    await expect
      .poll(async () => {
        await world.advance();
        return (await world.view(runId)).state;
      })
      .toBe('finished');
    expect(await world.view(runId)).toMatchObject({ counts: { refused: 1 }, canRetry: true });
    const again = await retryBulkRun(world.context, { runId });
    await world.advance();
    expect(await world.view(again.runId)).toMatchObject({ state: 'finished', counts: { applied: 1 } });
    expect(await world.truth()).toMatchObject({ amount: 25 });
  });

  it('is for admins alone', async ({ db }) => {
    const world = await setUp(db, 'run-denied', { limit: 77 });
    const { items } = await world.inbox();
    const input = { items: items.map(shown), decision: 'adopt' as const, until: null, reason: '' };
    for (const role of ['finance', 'lead'] as const) {
      const attempt = startDriftRun(as(world.context, testActor(role)), input);
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});
