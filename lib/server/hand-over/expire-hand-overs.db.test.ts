import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditEvents, changes, handOvers, incidents, keys } from '@/lib/db/schema';
import { injectFault, startVendor, type TestEmulator, type TestVendor } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { handOverWish, handOverWorld } from '@/lib/testing/hand-over';
import { setKeyDisabled } from '../keys/set-key-disabled';
import { collectHandOver } from './collect-hand-over';
import { expireHandOvers } from './expire-hand-overs';
import { handOverNewKey } from './hand-over-new-key';
import { listHandOvers } from './list-hand-overs';
import { revokeHandOver } from './revoke-hand-over';

const emulators = new Map<TestVendor, TestEmulator>();
const vendors: readonly TestVendor[] = ['openrouter', 'requesty', 'requesty-classic'];
beforeAll(async () => {
  for (const vendor of vendors) emulators.set(vendor, await startVendor(vendor));
});
afterAll(async () => {
  for (const emulator of emulators.values()) await emulator.close();
});

function emulatorOf(vendor: TestVendor): TestEmulator {
  const emulator = emulators.get(vendor);
  if (!emulator) throw new Error(`no emulator of ${vendor}`);
  return emulator;
}

const NEXT_DAY = '2026-11-21T10:00:00.000Z';

const keyRow = async (db: Database, keyId: number) =>
  (await db.select().from(keys).where(eq(keys.id, keyId)))[0];
const handOverRow = async (db: Database, id: string) =>
  (await db.select().from(handOvers).where(eq(handOvers.id, id)))[0];

async function actionsOf(db: Database, keyId: number) {
  const rows = await db
    .select({ action: auditEvents.action, outcome: auditEvents.outcome, actorKind: auditEvents.actorKind })
    .from(auditEvents)
    .where(eq(auditEvents.keyId, keyId))
    .orderBy(asc(auditEvents.seq));
  return rows.map(({ action, outcome, actorKind }) => `${action} ${outcome} ${actorKind}`);
}

const stoppedBy = {
  openrouter: { row: { isDisabled: true }, action: 'key.disable_key', words: 'and is disabled now.' },
  requesty: {
    row: { isDisabled: false, limitKind: 'capped', limitAmount: '0.01', limitPeriod: 'monthly' },
    action: 'key.set_limit',
    words: 'and is capped at $0.01 now.',
  },
} as const;
const stopAt = (vendor: TestVendor) => stoppedBy[vendor === 'openrouter' ? 'openrouter' : 'requesty'];

describe.each(vendors)('a hand-over that nobody collects at %s', (vendor) => {
  it('is wiped, its key stopped and the sender told', async ({ db }) => {
    const { admin, system, connectionId, clock } = await handOverWorld(db, vendor, emulatorOf(vendor));
    const { handOverId, keyId } = await handOverNewKey(admin, handOverWish(connectionId));
    clock.set('2026-11-21T09:59:59.000Z');
    expect(await expireHandOvers(system)).toEqual({ settled: 0, open: 0 });
    expect((await handOverRow(db, handOverId))?.sealed).not.toBeNull();
    clock.set(NEXT_DAY);
    expect(await expireHandOvers(system)).toEqual({ settled: 1, open: 0 });
    expect(await handOverRow(db, handOverId)).toMatchObject({ sealed: null, expiredAt: new Date(NEXT_DAY) });
    const { row, action, words } = stopAt(vendor);
    expect(await keyRow(db, keyId)).toMatchObject(row);
    const told = (await actionsOf(db, keyId)).slice(-4);
    expect(told).toEqual([
      'hand_over.expire done system',
      'incident.open done system',
      `${action} planned system`,
      `${action} applied system`,
    ]);
    const [incident] = await db.select().from(incidents);
    expect(incident).toMatchObject({
      kind: 'hand_over_expired',
      keyId,
      connectionId,
      title: `release-notes was not picked up in time ${words}`,
      facts: { handOverId, sender: 'Ada Sender' },
      resolvedAt: null,
    });
    expect(await expireHandOvers(system)).toEqual({ settled: 0, open: 0 });
    expect(await db.select().from(incidents)).toHaveLength(1);
    expect(await listHandOvers(admin, { keyId })).toMatchObject([
      { state: 'expired', isKeyStillOpen: false },
    ]);
  });

  it('is tried again when the provider is away, and says so until then', async ({ db }) => {
    const emulator = emulatorOf(vendor);
    const { admin, system, connectionId, clock } = await handOverWorld(db, vendor, emulator);
    const { handOverId, keyId } = await handOverNewKey(admin, handOverWish(connectionId));
    clock.set(NEXT_DAY);
    const route = vendor === 'openrouter' ? 'PATCH /api/v1/keys/*' : 'POST /**/limit';
    await injectFault(emulator, { route, times: 1, status: 403 });
    expect(await expireHandOvers(system)).toEqual({ settled: 0, open: 1 });
    expect(await handOverRow(db, handOverId)).toMatchObject({ sealed: null, expiredAt: null });
    const [open] = await db.select().from(incidents);
    expect(open?.title).toContain('could not be stopped yet');
    expect(await listHandOvers(admin)).toMatchObject([{ state: 'expired', isKeyStillOpen: true }]);
    expect(await expireHandOvers(system)).toEqual({ settled: 0, open: 1 });
    expect(await db.$count(changes, eq(changes.keyId, keyId))).toBe(2);
    clock.set('2026-11-21T10:06:00.000Z');
    expect(await expireHandOvers(system)).toEqual({ settled: 1, open: 0 });
    const [told] = await db.select().from(incidents);
    expect(told?.title).toBe(`release-notes was not picked up in time ${stopAt(vendor).words}`);
  });

  it('withdrawn, gives nothing any more and its key is stopped by the one who withdrew it', async ({
    db,
  }) => {
    const { admin, system, connectionId } = await handOverWorld(db, vendor, emulatorOf(vendor));
    const { handOverId, linkKey, keyId } = await handOverNewKey(admin, handOverWish(connectionId));
    for (const role of ['finance', 'lead'] as const) {
      const denied = revokeHandOver({ ...admin, actor: testActor(role, []) }, { handOverId });
      await expect(denied).rejects.toMatchObject({ code: 'forbidden' });
    }
    const { keyStop } = await revokeHandOver(admin, { handOverId });
    expect(keyStop?.kind).toBe(vendor === 'openrouter' ? 'disabled' : 'capped');
    expect(await keyRow(db, keyId)).toMatchObject(stopAt(vendor).row);
    expect((await actionsOf(db, keyId)).slice(-3)).toEqual([
      'hand_over.revoke done user',
      `${stopAt(vendor).action} planned user`,
      `${stopAt(vendor).action} applied user`,
    ]);
    const late = collectHandOver(system, { handOverId, linkKey, viewer: null, address: null });
    await expect(late).rejects.toMatchObject({ code: 'conflict', facts: { state: 'revoked' } });
    await expect(revokeHandOver(admin, { handOverId })).rejects.toMatchObject({ code: 'conflict' });
    expect(await db.select().from(incidents)).toEqual([]);
  });
});

describe('what needs no stopping', () => {
  it('a collected one is left alone', async ({ db }) => {
    const { admin, system, connectionId, clock } = await handOverWorld(
      db,
      'openrouter',
      emulatorOf('openrouter'),
    );
    const { handOverId, linkKey, keyId } = await handOverNewKey(admin, handOverWish(connectionId));
    await collectHandOver(system, { handOverId, linkKey, viewer: null, address: null });
    await expect(revokeHandOver(admin, { handOverId })).rejects.toMatchObject({ code: 'conflict' });
    clock.set(NEXT_DAY);
    expect(await expireHandOvers(system)).toEqual({ settled: 0, open: 0 });
    expect(await keyRow(db, keyId)).toMatchObject({ isDisabled: false });
  });

  it('a key that someone disabled already is not touched again', async ({ db }) => {
    const { admin, system, connectionId, clock } = await handOverWorld(
      db,
      'openrouter',
      emulatorOf('openrouter'),
    );
    const { keyId } = await handOverNewKey(admin, handOverWish(connectionId));
    await setKeyDisabled(admin, { keyId, isDisabled: true, reason: '' });
    clock.set(NEXT_DAY);
    expect(await expireHandOvers(system)).toEqual({ settled: 1, open: 0 });
    expect(await db.$count(changes, eq(changes.keyId, keyId))).toBe(2);
  });

  it('expiry is for the product alone', async ({ db }) => {
    const { admin } = await handOverWorld(db, 'openrouter', emulatorOf('openrouter'));
    await expect(expireHandOvers(admin)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
