import { like } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEvents, changes, keyAssignments, raises } from '@/lib/db/schema';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { changeOutside, type TestVendor } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertTeam, insertUser } from '@/lib/testing/factories';
import { DAY_MS, HOUR_MS, rotationWorld } from '@/lib/testing/rotation';
import { emulatorsOf } from '@/lib/testing/rotation-vendors';
import { collectHandOver } from '../hand-over/collect-hand-over';
import { expireHandOvers } from '../hand-over/expire-hand-overs';
import { advanceRotation } from './advance-rotation';
import { getKeyRotation } from './get-key-rotation';
import { keysUnderRotation } from './keys-under-rotation';
import { retireNow, waitLonger } from './steer-rotation';

const vendors: readonly TestVendor[] = ['openrouter', 'requesty', 'requesty-classic'];
const emulatorOf = emulatorsOf(vendors);

describe.each(vendors)('a rotation at %s', (vendor) => {
  const canDisable = vendor === 'openrouter';

  it('makes a like key, waits for quiet, stops the old one and deletes it after the grace period', async ({
    db,
  }) => {
    const world = await rotationWorld(db, vendor, emulatorOf(vendor));
    const { admin, keyId, name, newName, row } = world;
    const started = await world.start();
    if (started.kind !== 'secret') throw new Error('the secret was to be shown');
    const [made] = await world.atProvider(newName);
    expect(started.secret).toBe(made?.secret);
    expect(made).toMatchObject({ amount: 25, deletedAt: null });
    expect(await row(started.keyId)).toMatchObject({ succeedsKeyId: keyId, limitAmount: '25' });
    expect(await world.rotation()).toMatchObject({ state: 'watching', newKeyId: started.keyId });
    expect([...(await keysUnderRotation(db, [keyId, started.keyId, 999_999]))].sort()).toEqual(
      [keyId, started.keyId].sort(),
    );

    await world.pass(23 * HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'watching' });
    const { rotation } = await getKeyRotation(admin, { keyId });
    expect(rotation).toMatchObject({ hold: 'quiet', quietHours: 24, newKey: { id: started.keyId } });

    await world.pass(2 * HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'retiring' });
    const [old] = await world.atProvider(name);
    expect(old).toMatchObject(
      canDisable ? { disabled: true, deletedAt: null } : { amount: 0.01, deletedAt: null },
    );

    await world.pass(6 * DAY_MS);
    await world.deletions();
    expect((await world.atProvider(name))[0]?.deletedAt).toBeNull();
    await world.pass(2 * DAY_MS);
    await world.deletions();
    await world.advance();
    expect((await world.atProvider(name))[0]?.deletedAt).not.toBeNull();
    expect((await world.atProvider(newName))[0]?.deletedAt).toBeNull();
    expect(await world.rotation()).toMatchObject({ state: 'done', failure: null });
    expect(await world.acts()).toEqual(['start', 'watch', 'retire', 'stop_old', 'finish']);
    expect((await keysUnderRotation(db, [keyId])).size).toBe(0);
    const { line } = await getKeyRotation(admin, { keyId: started.keyId });
    expect(line).toEqual([
      { id: keyId, name, standing: 'deleted' },
      { id: started.keyId, name: newName, standing: 'live' },
    ]);
    const told = await db.select().from(auditEvents).where(like(auditEvents.action, 'rotation.%'));
    for (const { subjectName } of told) expect(subjectName).toBe(`${name} → ${newName}`);
    const ledger = await db.select().from(changes);
    const { id } = await world.rotation();
    expect(ledger.filter(({ parentId }) => parentId === id).map(({ kind }) => kind)).toContain('create_key');
  });

  it('leaves a key that is still used alone, for as long as it is', async ({ db }) => {
    const world = await rotationWorld(db, vendor, emulatorOf(vendor));
    await world.start();
    for (let round = 0; round < 4; round += 1) {
      await world.later(12 * HOUR_MS);
      await world.use(world.name);
      await world.pass(HOUR_MS / 60);
      await world.pass(11 * HOUR_MS);
    }
    expect(await world.rotation()).toMatchObject({ state: 'watching' });
    await world.pass(HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'watching' });
    await world.pass(14 * HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'retiring' });
  });

  it('counts no time that was not read', async ({ db }) => {
    const world = await rotationWorld(db, vendor, emulatorOf(vendor));
    await world.start();
    await world.later(40 * DAY_MS);
    await world.advance();
    expect(await world.rotation()).toMatchObject({ state: 'watching' });
    await world.use(world.name);
    await world.pass(HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'watching' });
  });

  it('waits until a handed-over secret was picked up, and holds when it never was', async ({ db }) => {
    const world = await rotationWorld(db, vendor, emulatorOf(vendor));
    const handOver = { recipientId: null, lifetimeHours: 48, isSignInNeeded: false };
    const started = await world.start({ handOver });
    if (started.kind !== 'link') throw new Error('a link was to be made');
    await world.pass(30 * HOUR_MS);
    const hold = async () => (await getKeyRotation(world.admin, { keyId: world.keyId })).rotation?.hold;
    expect(await hold()).toBe('not_picked_up');
    await collectHandOver(world.system, {
      handOverId: started.handOverId,
      linkKey: started.linkKey,
      viewer: null,
      address: null,
    });
    expect(await hold()).toBe('quiet');
    await world.pass(25 * HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'retiring' });
  });

  it('holds when nobody came for the secret', async ({ db }) => {
    const world = await rotationWorld(db, vendor, emulatorOf(vendor));
    await world.start({ handOver: { recipientId: null, lifetimeHours: 1, isSignInNeeded: false } });
    await world.pass(30 * HOUR_MS);
    await expireHandOvers(world.system);
    await world.pass(30 * HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'watching' });
    const { rotation } = await getKeyRotation(world.admin, { keyId: world.keyId });
    expect(rotation?.hold).toBe('new_stopped');
  });
});

describe('what follows to the new key', () => {
  it('is team, owner, limit, permissions, labels and expiry', async ({ db }) => {
    const team = await insertTeam(db);
    const owner = await insertUser(db);
    const expiresAt = '2028-01-01T00:00:00.000Z';
    const world = await rotationWorld(db, 'requesty', emulatorOf('requesty'), {
      key: {
        limit: capped(usd(40), 'monthly'),
        permissions: { manage: 'none', completions: 'write' },
        labels: { env: 'prod' },
        expiresAt,
        teamId: team.id,
        ownerId: owner.id,
      },
    });
    const started = await world.start();
    expect(started.shortfalls).toEqual([]);
    expect(await world.row(started.keyId)).toMatchObject({
      limitAmount: '40',
      labels: { env: 'prod' },
      permissions: { manage: 'none', completions: 'write' },
      expiresAt: new Date(expiresAt),
      teamId: team.id,
      ownerId: owner.id,
    });
    const assigned = await db.select().from(keyAssignments);
    expect(assigned.filter(({ keyId }) => keyId === started.keyId)).toMatchObject([
      { teamId: team.id, ownerId: owner.id, toDay: null },
    ]);
  });
});

describe('a raise of the old key', () => {
  it('stays behind: the new key gets the limit below it', async ({ db }) => {
    const world = await rotationWorld(db, 'openrouter', emulatorOf('openrouter'));
    const at = world.system.now();
    await db.insert(raises).values({
      keyId: world.keyId,
      state: 'active',
      baseLimit: capped(usd(10), 'monthly'),
      raisedLimit: capped(usd(25), 'monthly'),
      reason: 'launch',
      startsAt: at,
      endsAt: new Date(at.getTime() + DAY_MS),
    });
    await world.start();
    expect(await world.atProvider(world.newName)).toMatchObject([{ amount: 10 }]);
    expect(await world.atProvider(world.name)).toMatchObject([{ amount: 25 }]);
  });
});

describe('a person at the wheel', () => {
  it('waits longer, and then retires at once', async ({ db }) => {
    const world = await rotationWorld(db, 'openrouter', emulatorOf('openrouter'));
    await world.start({ quietHours: 1 });
    const { id: rotationId } = await world.rotation();
    const waiting = await waitLonger(world.admin, { rotationId, hours: 24 });
    expect(Date.parse(waiting.earliest ?? '')).toBeGreaterThan(world.admin.now().getTime() + 24 * HOUR_MS);
    await world.pass(5 * HOUR_MS);
    expect(await world.rotation()).toMatchObject({ state: 'watching' });
    const retired = await retireNow(world.admin, { rotationId, reason: 'leaked' });
    expect(retired).toMatchObject({ state: 'retiring', hold: 'grace' });
    expect((await world.atProvider(world.name))[0]).toMatchObject({ disabled: true });
    await expect(waitLonger(world.admin, { rotationId, hours: 1 })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await world.acts()).toEqual(['start', 'watch', 'wait', 'retire', 'stop_old']);
  });

  it.for<TestVendor>(['openrouter', 'requesty'])(
    'is asked when someone takes the stop back outside of Keyward at %s',
    async (vendor, { db }) => {
      const emulator = emulatorOf(vendor);
      const world = await rotationWorld(db, vendor, emulator);
      await world.start({ quietHours: 1 });
      const { id: rotationId } = await world.rotation();
      await retireNow(world.admin, { rotationId, reason: '' });
      const [old] = await world.atProvider(world.name);
      const undo = vendor === 'openrouter' ? { disabled: false } : { monthly_limit: 25 };
      await changeOutside(emulator, { op: 'update', key: old?.externalId, ...undo });
      await world.pass(2 * HOUR_MS);
      await world.deletions();
      await world.pass(8 * DAY_MS);
      await world.deletions();
      const { hold } = await advanceRotation(world.system, rotationId);
      expect(hold).toBe('taken_back');
      const [still] = await world.atProvider(world.name);
      expect(still).toMatchObject({
        deletedAt: null,
        ...(vendor === 'openrouter' ? { disabled: false } : { amount: 25 }),
      });
      expect(await retireNow(world.admin, { rotationId, reason: 'really' })).toMatchObject({ hold: 'grace' });
      expect((await world.atProvider(world.name))[0]).toMatchObject(
        vendor === 'openrouter' ? { disabled: true } : { amount: 0.01 },
      );
    },
  );

  it('cannot rotate a key twice at once, nor one that is just taking over', async ({ db }) => {
    const world = await rotationWorld(db, 'openrouter', emulatorOf('openrouter'));
    const started = await world.start();
    await expect(world.start()).rejects.toMatchObject({ code: 'conflict' });
    const { startRotation } = await import('./start-rotation');
    const again = { name: 'third', quietHours: 24, handOver: null, reason: '' };
    await expect(startRotation(world.admin, { keyId: started.keyId, ...again })).rejects.toMatchObject({
      code: 'conflict',
    });
    await retireNow(world.admin, { rotationId: started.rotationId, reason: '' });
    const third = await startRotation(world.admin, { keyId: started.keyId, ...again });
    const { line } = await getKeyRotation(world.admin, { keyId: world.keyId });
    expect(line.map(({ id }) => id)).toEqual([world.keyId, started.keyId, third.keyId]);
  });
});
