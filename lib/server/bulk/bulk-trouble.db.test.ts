import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { bulkItems, bulkRuns, changes } from '@/lib/db/schema';
import { percentOf, setUpBulk } from '@/lib/testing/bulk';
import { injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testWithCommits as it } from '@/lib/testing/database';
import { clearFaults, NO_WAIT, routesOf } from '@/lib/testing/settling';
import { settleOpenChanges } from '../changes/settle-open-changes';
import { advanceBulkRuns } from './advance-bulk-runs';

let openrouter: TestEmulator;
beforeAll(async () => {
  openrouter = await startVendor('openrouter');
});
afterEach(() => clearFaults(openrouter));
afterAll(() => openrouter.close());

describe('a bulk change under trouble', () => {
  it('survives a restart at any moment: what was sent is settled, what was not is sent', async ({ db }) => {
    const world = await setUpBulk(db, 4, openrouter, { timing: NO_WAIT });
    const { system, start, view, amounts, later } = world;
    const runId = await start(percentOf(100));
    const leave = (position: number) =>
      db.update(bulkItems).set({ state: 'sent', changeId: null }).where(eq(bulkItems.position, position));
    // As a killed process leaves them: the last item taken but never begun, the first two under way.
    await leave(4);
    await injectFault(openrouter, { route: routesOf.openrouter.limit, drop: 'after' });
    await injectFault(openrouter, { route: routesOf.openrouter.limit, drop: 'before' });
    await advanceBulkRuns(system, { lanes: 1 });
    expect(await view(runId)).toMatchObject({ state: 'running', counts: { unknown: 2, applied: 2 } });
    await leave(1);
    await leave(2);
    await settleOpenChanges(later(100));
    await advanceBulkRuns(system);
    await advanceBulkRuns(later(400_000));
    expect(await amounts()).toEqual([50, 50, 50, 50]);
    expect(await view(runId)).toMatchObject({ state: 'finished', counts: { applied: 4 } });
  });

  it('goes on through refusals for patience, with twenty keys and eight at once', {
    timeout: 60_000,
  }, async ({ db }) => {
    const { system, start, view, amounts, emulator } = await setUpBulk(db, 20, openrouter);
    const runId = await start(percentOf(100));
    await injectFault(emulator, { route: routesOf.openrouter.limit, status: 429, retryAfter: 0.2, times: 6 });
    await injectFault(emulator, {
      route: routesOf.openrouter.limit,
      status: 502,
      afterEffect: true,
      times: 2,
    });
    await injectFault(emulator, { route: routesOf.openrouter.one, status: 429, retryAfter: 0.2, times: 3 });
    await expect
      .poll(
        async () => {
          await advanceBulkRuns(system);
          return (await view(runId)).state;
        },
        { timeout: 45_000, interval: 200 },
      )
      .toBe('finished');
    expect(await view(runId)).toMatchObject({ counts: { applied: 20, refused: 0 } });
    expect(await amounts()).toEqual(Array(20).fill(50));
  });

  it('is worked on by one process at a time', async ({ db }) => {
    const { system, start, view } = await setUpBulk(db, 2, openrouter);
    const runId = await start(percentOf(100));
    await db.update(bulkRuns).set({ workedUntil: new Date(Date.now() + 20_000) });
    expect(await advanceBulkRuns(system)).toEqual({ takenUp: 0 });
    await db.update(bulkRuns).set({ workedUntil: new Date(Date.now() - 1) });
    await Promise.all([advanceBulkRuns(system), advanceBulkRuns(system)]);
    expect(await view(runId)).toMatchObject({ state: 'finished', counts: { applied: 2 } });
    expect(await db.select().from(changes).where(eq(changes.parentId, runId))).toHaveLength(2);
  });
});
