import { randomUUID } from 'node:crypto';
import { eq, max } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { changes, incidents, keys } from '@/lib/db/schema';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { changeOutside, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { driftWorld } from '@/lib/testing/drifting';
import { decideLostCreate } from '../changes/decide-lost-create';
import { settleOpenChanges } from '../changes/settle-open-changes';

const HOUR_MS = 3_600_000;

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

describe('a key with the name of a create that was found not to have happened', () => {
  it('is looked at once more however late it came, and is changed outside only when a person says so', async ({
    db,
  }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'known');
    const anHourAgo = new Date(Date.now() - HOUR_MS);
    const changeId = randomUUID();
    await db.insert(changes).values({
      id: changeId,
      kind: 'create_key',
      state: 'settled_not_applied',
      connectionId: world.connectionId,
      actorName: 'Someone',
      wish: { name: 'late-comer', limit: capped(usd(5), 'monthly'), containerId: null },
      reason: '',
      requestId: 'a request',
      plannedAt: anHourAgo,
      sentAt: anHourAgo,
      settledAt: anHourAgo,
      checkedAt: anHourAgo,
    });
    const change = async () => (await db.select().from(changes).where(eq(changes.id, changeId)))[0];
    await changeOutside(emulator, { op: 'create', name: 'late-comer', limit: 5, limit_reset: 'monthly' });

    await world.read();
    expect(await world.open()).toEqual([]);
    expect((await change())?.lookAt).not.toBeNull();
    await settleOpenChanges(world.system);
    expect(await db.select().from(incidents).where(eq(incidents.changeId, changeId))).toMatchObject([
      { kind: 'create_ambiguous', resolvedAt: null },
    ]);
    await world.read();
    expect(await world.open()).toEqual([]);

    await decideLostCreate(world.context, { changeId, externalId: null });
    await world.read();
    expect(await world.open()).toMatchObject([{ kind: 'created', found: { name: 'late-comer' } }]);
    expect((await change())?.lookAt).toBeNull();
  });

  it('is looked at once more by a clock that was set back since', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'known-too');
    const inAnHour = new Date(Date.now() + HOUR_MS);
    const [last] = await db.select({ id: max(keys.id) }).from(keys);
    const changeId = randomUUID();
    await db.insert(changes).values({
      id: changeId,
      kind: 'create_key',
      state: 'settled_not_applied',
      connectionId: world.connectionId,
      actorName: 'Someone',
      wish: { name: 'back-comer', limit: capped(usd(5), 'monthly'), containerId: null, lastKeyId: last?.id },
      reason: '',
      requestId: 'a request',
      plannedAt: inAnHour,
      sentAt: inAnHour,
      settledAt: inAnHour,
      checkedAt: inAnHour,
    });
    await changeOutside(emulator, { op: 'create', name: 'back-comer', limit: 5, limit_reset: 'monthly' });
    await world.read();
    const [change] = await db.select().from(changes).where(eq(changes.id, changeId));
    expect(change?.lookAt).not.toBeNull();
  });
});
