import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { changes, incidents, rotations } from '@/lib/db/schema';
import { changeOutside } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { DAY_MS, HOUR_MS } from '@/lib/testing/rotation';
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
import { clearFaults, NO_WAIT, routesOf } from '@/lib/testing/settling';
import { setConnectionPaused } from '../connections/set-connection-paused';

const emulatorOf = emulatorsOf(stoppingVendors);
const setUp = (db: Database, vendor: StoppingVendor, options: Parameters<typeof troubledRotation>[3] = {}) =>
  troubledRotation(db, vendor, emulatorOf(vendor), options);

describe.each(stoppingVendors)('a rotation at %s whose key is being made', (vendor) => {
  it('gives up what a dead process never sent, and the key can be rotated anew', async ({ db }) => {
    const world = await setUp(db, vendor);
    await db.insert(rotations).values({
      oldKeyId: world.keyId,
      state: 'creating',
      quietHours: 24,
      startedAt: world.system.now(),
    });
    await world.advance();
    expect(await world.hold()).toBe('creating');
    await expect(world.start()).rejects.toMatchObject({ code: 'conflict' });
    await world.later(3 * 60_000);
    await world.advance();
    expect(await world.rotation()).toMatchObject({ state: 'failed', newKeyId: null });
    expect((await world.start()).kind).toBe('secret');
    expect(await world.live(world.newName)).toHaveLength(1);
  });

  it.for(['before', 'after'] as const)(
    'ends without a live key when the answer to the create was lost %s it took effect and the process died',
    async (drop, { db }) => {
      const world = await setUp(db, vendor, { timing: NO_WAIT });
      await world.fault(routesOf[vendor].create, { drop });
      await expect(world.start()).rejects.toMatchObject({ code: 'outcome_unknown' });
      expect(await world.rotation()).toMatchObject({ state: 'creating' });
      await world.advance();
      expect(await world.hold()).toBe('creating');
      await world.settle();
      await world.settle();
      await world.later(3 * 60_000);
      await world.advance();
      expect(await world.rotation()).toMatchObject({ state: 'failed', newKeyId: null });
      expect(await world.live(world.newName)).toEqual([]);
      expect((await world.live(world.name))[0]).toMatchObject(working(vendor));
      expect(await world.acts()).toEqual(['start', 'fail']);
    },
  );

  it('makes a fresh key in the call when the first answer is lost', async ({ db }) => {
    const world = await setUp(db, vendor);
    await world.fault(routesOf[vendor].create, { drop: 'after' });
    const started = await world.start();
    if (started.kind !== 'secret') throw new Error('the secret was to be shown');
    const live = await world.live(world.newName);
    expect(live.map(({ secret }) => secret)).toEqual([started.secret]);
    expect(await world.rotation()).toMatchObject({ state: 'watching', newKeyId: started.keyId });
  });

  it('ends at once when the provider refuses', async ({ db }) => {
    const world = await setUp(db, vendor);
    await world.fault(routesOf[vendor].create, { status: 403 });
    await expect(world.start()).rejects.toMatchObject({ code: 'provider_refused' });
    expect(await world.rotation()).toMatchObject({ state: 'failed' });
    expect(await world.acts()).toEqual(['start', 'fail']);
  });

  it('never waits for two keys when a person must tell which one came of it', async ({ db }) => {
    const world = await setUp(db, vendor, { timing: NO_WAIT });
    await world.fault(routesOf[vendor].create, { drop: 'after' });
    await expect(world.start()).rejects.toMatchObject({ code: 'outcome_unknown' });
    await changeOutside(
      world.emulator,
      vendor === 'openrouter'
        ? { op: 'create', name: world.newName, limit: 25, limit_reset: 'monthly' }
        : { op: 'create', name: world.newName, monthly_limit: '25' },
    );
    await world.settle();
    await world.later(DAY_MS);
    await world.advance();
    expect(await world.rotation()).toMatchObject({ state: 'creating' });
    expect(await db.select().from(incidents)).toMatchObject([{ kind: 'create_ambiguous' }]);
    expect(await world.live(world.newName)).toHaveLength(2);
  });
});

describe.each(stoppingVendors)('a rotation at %s that was stopped on the way', (vendor) => {
  it('goes on from every row that a dead process can leave', async ({ db }) => {
    const world = await setUp(db, vendor);
    const rotationId = await quietRotation(world);
    // Killed right after the decision to retire.
    await db
      .update(rotations)
      .set({ state: 'retiring', waitUntil: null })
      .where(eq(rotations.id, rotationId));
    await world.advance();
    expect((await world.live(world.name))[0]).toMatchObject(stopped(vendor));
    expect((await world.rotation()).waitUntil).not.toBeNull();
    // Killed after the old key was stopped, before the row said so.
    await db.update(rotations).set({ waitUntil: null }).where(eq(rotations.id, rotationId));
    const before = (await db.select().from(changes)).length;
    await world.advance();
    expect((await world.rotation()).waitUntil).not.toBeNull();
    expect(await db.select().from(changes)).toHaveLength(before);
    // Killed after the deletion, before the rotation ended.
    await world.pass(9 * DAY_MS);
    await world.deletions();
    await db
      .update(rotations)
      .set({ state: 'retiring', finishedAt: null })
      .where(eq(rotations.id, rotationId));
    await world.advance();
    expect(await world.rotation()).toMatchObject({ state: 'done' });
    expect(await world.live(world.name)).toEqual([]);
  });

  it('settles a lost answer before it goes on, and stops the old key once', async ({ db }) => {
    const world = await setUp(db, vendor, { timing: NO_WAIT });
    await quietRotation(world);
    await world.fault(stopRoute[vendor], { drop: 'after' });
    await world.advance();
    expect(await world.rotation()).toMatchObject({ state: 'retiring', waitUntil: null });
    expect(await world.hold()).toBe('checking');
    await world.advance();
    await world.settle();
    await world.advance();
    expect((await world.rotation()).waitUntil).not.toBeNull();
    const stops = (await db.select().from(changes)).filter(
      ({ kind, keyId }) => keyId === world.keyId && (kind === 'disable_key' || kind === 'set_limit'),
    );
    expect(stops.map(({ state }) => state)).toEqual(['settled_applied']);
  });

  it('says why when the provider refuses, and tries again later', async ({ db }) => {
    const world = await setUp(db, vendor);
    await quietRotation(world);
    await world.fault(stopRoute[vendor], { status: 403, body: { error: { message: 'not today' } } });
    await world.advance();
    expect(await world.rotation()).toMatchObject({ state: 'retiring', waitUntil: null });
    expect((await world.rotation()).failure).toContain('refused');
    expect(await world.hold()).toBe('refused');
    await world.advance();
    expect((await world.live(world.name))[0]).toMatchObject(working(vendor));
    await world.later(6 * 60_000);
    await world.advance();
    expect((await world.live(world.name))[0]).toMatchObject(stopped(vendor));
    expect(await world.rotation()).toMatchObject({ failure: null });
  });

  it('waits while reads fail or the connection is paused, and says so', async ({ db }) => {
    const world = await setUp(db, vendor);
    await world.start({ quietHours: 1 });
    await world.fault(routesOf[vendor].list, { status: 500, times: 100 });
    await world.pass(5 * HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'watching' });
    await clearFaults(world.emulator);
    await setConnectionPaused(world.system, { connectionId: world.connectionId, isPaused: true });
    await world.later(5 * HOUR_MS);
    await world.advance();
    expect(await world.hold()).toBe('paused');
    await setConnectionPaused(world.system, { connectionId: world.connectionId, isPaused: false });
    await world.pass(HOUR_MS / 60);
    expect(await world.rotation()).toMatchObject({ state: 'retiring' });
  });

  it('never retires the old key for a new one that is gone, and ends when the old one is', async ({ db }) => {
    const world = await setUp(db, vendor);
    await world.start({ quietHours: 1 });
    const [made] = await world.live(world.newName);
    await changeOutside(world.emulator, { op: 'delete', key: made?.externalId });
    await world.pass(3 * HOUR_MS);
    expect(await world.hold()).toBe('new_gone');
    expect((await world.live(world.name))[0]).toMatchObject(working(vendor));
    const [old] = await world.live(world.name);
    await changeOutside(world.emulator, { op: 'delete', key: old?.externalId });
    await world.pass(HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'done' });
  });
});

describe('settings that are set after the creation', () => {
  it('are set by the job when they could not be in the call', async ({ db }) => {
    const labels = { env: 'prod' };
    const world = await setUp(db, 'requesty', { key: { labels } });
    await world.fault('* /**/label', { status: 403, times: 2 });
    const started = await world.start();
    expect(started.shortfalls).toHaveLength(1);
    expect(await world.row(started.keyId)).toMatchObject({ labels: {} });
    await world.later(2 * 60_000);
    await world.advance();
    expect(await world.row(started.keyId)).toMatchObject({ labels: {} });
    await world.later(6 * 60_000);
    await world.advance();
    await world.later(6 * 60_000);
    await world.advance();
    expect(await world.row(started.keyId)).toMatchObject({ labels });
  });
});
