import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { changeOutside } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import {
  emulatorsOf,
  quietRotation,
  type StoppingVendor,
  stopped,
  stoppingVendors,
  stopRoute,
  troubledRotation,
  working,
} from '@/lib/testing/rotation-vendors';
import { NO_WAIT } from '@/lib/testing/settling';
import { advanceRotation } from './advance-rotation';
import { getKeyRotation } from './get-key-rotation';
import { goBack, retireNow } from './steer-rotation';

const emulatorOf = emulatorsOf(stoppingVendors);
const setUp = (db: Database, vendor: StoppingVendor, options: Parameters<typeof troubledRotation>[3] = {}) =>
  troubledRotation(db, vendor, emulatorOf(vendor), options);

describe.each(stoppingVendors)('going back at %s', (vendor) => {
  async function expectBack(world: Awaited<ReturnType<typeof setUp>>) {
    await world.advance();
    const row = await world.rotation();
    expect(row).toMatchObject({ state: 'cancelled' });
    expect(row.finishedAt).not.toBeNull();
    expect((await world.live(world.name))[0]).toMatchObject(working(vendor));
    const made = await world.live(world.newName);
    if (vendor === 'openrouter') expect(made).toMatchObject([{ disabled: true }]);
    else expect(made).toEqual([]);
    expect(await world.row(world.keyId)).toMatchObject({ deleteAfter: null, deletedAt: null });
    expect(await world.row(row.newKeyId ?? 0)).toMatchObject({ succeedsKeyId: null });
    const { line } = await getKeyRotation(world.admin, { keyId: world.keyId });
    expect(line).toHaveLength(1);
    expect((await world.acts()).slice(-2)).toEqual(['go_back', 'end_back']);
  }

  it('while the old key is watched leaves it as it is', async ({ db }) => {
    const world = await setUp(db, vendor);
    const { rotationId } = await world.start();
    const view = await goBack(world.admin, { rotationId, reason: 'wrong one' });
    expect(view).toMatchObject({ state: 'cancelled', isOpen: false });
    await expectBack(world);
    await expect(goBack(world.admin, { rotationId, reason: '' })).rejects.toMatchObject({ code: 'conflict' });
    expect((await world.start()).kind).toBe('secret');
  });

  it('after it was stopped lets it work again', async ({ db }) => {
    const world = await setUp(db, vendor);
    const { rotationId } = await world.start();
    await retireNow(world.admin, { rotationId, reason: '' });
    expect((await world.live(world.name))[0]).toMatchObject(stopped(vendor));
    await goBack(world.admin, { rotationId, reason: '' });
    await expectBack(world);
  });

  it('waits for a stop that may still take effect', async ({ db }) => {
    const world = await setUp(db, vendor, { timing: NO_WAIT });
    const rotationId = await quietRotation(world);
    await world.fault(stopRoute[vendor], { drop: 'after' });
    await world.advance();
    const view = await goBack(world.admin, { rotationId, reason: '' });
    expect(view).toMatchObject({ isOpen: true, hold: 'checking' });
    await world.settle();
    await expectBack(world);
  });

  it('waits while a stop that was not found may still land late', async ({ db }) => {
    const world = await setUp(db, vendor, { timing: NO_WAIT });
    const rotationId = await quietRotation(world);
    await world.fault(stopRoute[vendor], { drop: 'before' });
    await world.advance();
    await world.settle();
    const view = await goBack(world.admin, { rotationId, reason: '' });
    expect(view).toMatchObject({ isOpen: true, hold: 'checking' });
    await world.later(6 * 60_000);
    await world.settle();
    await world.advance();
    await world.later(6 * 60_000);
    await world.settle();
    await expectBack(world);
  });

  it('is finished by the job when the provider is away, the old key first', async ({ db }) => {
    const world = await setUp(db, vendor);
    const { rotationId } = await world.start();
    await retireNow(world.admin, { rotationId, reason: '' });
    await world.fault(stopRoute[vendor], { status: 403 });
    const view = await goBack(world.admin, { rotationId, reason: '' });
    expect(view).toMatchObject({ isOpen: true, hold: 'refused' });
    expect(await world.live(world.newName)).toMatchObject([working(vendor)]);
    await world.later(6 * 60_000);
    await expectBack(world);
  });

  it('is too late once the old key is gone', async ({ db }) => {
    const world = await setUp(db, vendor);
    const { rotationId } = await world.start();
    const [old] = await world.live(world.name);
    await changeOutside(world.emulator, { op: 'delete', key: old?.externalId });
    await world.read();
    await expect(goBack(world.admin, { rotationId, reason: '' })).rejects.toMatchObject({ code: 'conflict' });
    expect((await advanceRotation(world.system, rotationId)).loaded.row.state).toBe('done');
  });
});
