import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditEvents, changes, connections, handOvers, incidents, keys } from '@/lib/db/schema';
import { as, changeOutside, injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { handOverWish, handOverWorld } from '@/lib/testing/hand-over';
import { clearFaults, FAST, keyWish, NO_WAIT, routesOf, trueKeys } from '@/lib/testing/settling';
import { settleOpenChanges } from '../changes/settle-open-changes';
import type { ServerContext } from '../context';
import { collectHandOver } from '../hand-over/collect-hand-over';
import { handOverNewKey } from '../hand-over/hand-over-new-key';
import { carryOutDeletions } from './carry-out-deletions';
import { createKey } from './create-key';
import { getDeleteGrace, updateDeleteGrace } from './delete-grace';
import { deleteKey } from './delete-key';
import { setKeyDisabled } from './set-key-disabled';
import { undoDeleteKey } from './undo-delete-key';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

const DAY_MS = 86_400_000;
let serial = 0;

/** A fresh key at a provider that can disable, its deletion asked for, and a clock that only moves when told. */
async function deletedWorld(db: Database) {
  const world = await handOverWorld(db, 'openrouter', emulator);
  const start = Date.now();
  let at = start;
  const now = () => new Date(at);
  const admin: ServerContext = { ...world.admin, now, settling: FAST };
  const system: ServerContext = { ...world.system, now, settling: FAST };
  serial += 1;
  const name = `leaving-${serial}`;
  const { keyId } = await createKey(admin, keyWish(world.connectionId, name));
  const remove = () => deleteKey(admin, { keyId, typedName: name, reason: 'nobody needs it' });
  const row = async () => (await db.select().from(keys).where(eq(keys.id, keyId)))[0];
  const later = (days: number, ms = 0) => {
    at = start + days * DAY_MS + ms;
  };
  const atProvider = async () =>
    (await trueKeys(emulator, name)).filter((key) => key.deletedAt === null).length;
  return { ...world, admin, system, name, keyId, remove, row, later, atProvider, start };
}

async function trailOf(db: Database, keyId: number): Promise<readonly string[]> {
  const rows = await db
    .select({ action: auditEvents.action, outcome: auditEvents.outcome, actor: auditEvents.actorKind })
    .from(auditEvents)
    .where(eq(auditEvents.keyId, keyId))
    .orderBy(asc(auditEvents.seq));
  return rows.map(({ action, outcome, actor }) => `${action} ${outcome} ${actor}`).slice(1);
}

const openIncidents = (db: Database, keyId: number) =>
  db
    .select({ kind: incidents.kind, title: incidents.title })
    .from(incidents)
    .where(eq(incidents.keyId, keyId));

describe('a deletion with a way back', () => {
  it('disables now and deletes once the grace period is over, never before', async ({ db }) => {
    const { system, sender, keyId, remove, row, later, atProvider, start } = await deletedWorld(db);
    const deleted = await remove();
    const deleteAfter = new Date(start + 7 * DAY_MS);
    expect(deleted).toMatchObject({ kind: 'waiting', deleteAfter: deleteAfter.toISOString() });
    expect(await row()).toMatchObject({
      isDisabled: true,
      deleteAfter,
      deleteAskedBy: sender.id,
      deletedAt: null,
    });
    later(7, -1);
    expect(await carryOutDeletions(system)).toEqual({ deleted: 0 });
    expect(await atProvider()).toBe(1);
    later(7);
    expect(await carryOutDeletions(system)).toEqual({ deleted: 1 });
    expect(await atProvider()).toBe(0);
    expect(await row()).toMatchObject({ deleteAfter: null, deletedAt: deleteAfter });
    expect(await carryOutDeletions(system)).toEqual({ deleted: 0 });
    expect(await trailOf(db, keyId)).toEqual([
      'key.disable_key planned user',
      'key.disable_key applied user',
      'key.delete_key planned system',
      'key.delete_key applied system',
    ]);
    const [last] = await db
      .select()
      .from(changes)
      .where(and(eq(changes.keyId, keyId), eq(changes.kind, 'delete_key')));
    expect(last?.reason).toContain('Ada Sender');
  });

  it('is undone until then: the key is enabled as it was', async ({ db }) => {
    const { admin, system, keyId, remove, row, later, atProvider } = await deletedWorld(db);
    await remove();
    const undone = await undoDeleteKey(admin, { keyId, reason: '' });
    expect(undone).toMatchObject({ isEnabled: true, isSecretLost: false });
    expect(await row()).toMatchObject({ isDisabled: false, deleteAfter: null, deleteAskedBy: null });
    later(30);
    expect(await carryOutDeletions(system)).toEqual({ deleted: 0 });
    expect(await atProvider()).toBe(1);
    await expect(undoDeleteKey(admin, { keyId, reason: '' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('leaves a key disabled that was disabled before, and sends the provider nothing', async ({ db }) => {
    const { admin, keyId, remove, row } = await deletedWorld(db);
    await setKeyDisabled(admin, { keyId, isDisabled: true, reason: '' });
    expect(await remove()).toMatchObject({ kind: 'waiting', changeId: null });
    expect(await undoDeleteKey(admin, { keyId, reason: '' })).toMatchObject({ isEnabled: false });
    expect(await row()).toMatchObject({ isDisabled: true, deleteAfter: null });
    expect(await trailOf(db, keyId)).toEqual([
      'key.disable_key planned user',
      'key.disable_key applied user',
      'key.plan_delete done user',
      'key.cancel_delete done user',
    ]);
  });

  it('is taken back by enabling the key', async ({ db }) => {
    const { admin, keyId, remove, row } = await deletedWorld(db);
    await remove();
    await setKeyDisabled(admin, { keyId, isDisabled: false, reason: '' });
    expect(await row()).toMatchObject({ isDisabled: false, deleteAfter: null });
  });

  it('keeps its day when the answer is lost', async ({ db }) => {
    const { admin, system, keyId, name, row, start } = await deletedWorld(db);
    await injectFault(emulator, { route: routesOf.openrouter.limit, times: 1, drop: 'after' });
    const attempt = deleteKey({ ...admin, settling: NO_WAIT }, { keyId, typedName: name, reason: '' });
    await expect(attempt).rejects.toMatchObject({ code: 'outcome_unknown' });
    await settleOpenChanges(system);
    expect(await row()).toMatchObject({ isDisabled: true, deleteAfter: new Date(start + 7 * DAY_MS) });
    expect(await undoDeleteKey(admin, { keyId, reason: '' })).toMatchObject({ isEnabled: true });
  });

  it('is denied to others, and not found by those who cannot see the key', async ({ db }) => {
    const { admin, keyId, name, remove } = await deletedWorld(db);
    await remove();
    for (const role of ['finance', 'lead'] as const) {
      const denied = as(admin, testActor(role, [1]));
      const attempts = [
        deleteKey(denied, { keyId, typedName: name, reason: '' }),
        undoDeleteKey(denied, { keyId, reason: '' }),
        updateDeleteGrace(denied, { days: 1 }),
        carryOutDeletions(denied),
      ];
      for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(undoDeleteKey(admin, { keyId: 2_000_000, reason: '' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('when the day has come', () => {
  it('tries again while the provider is down, and after a restart', async ({ db }) => {
    const { system, keyId, remove, later, atProvider } = await deletedWorld(db);
    await remove();
    later(7);
    await injectFault(emulator, { route: routesOf.openrouter.one, times: 20, status: 503 });
    expect(await carryOutDeletions(system)).toEqual({ deleted: 0 });
    await clearFaults(emulator);
    expect(await trailOf(db, keyId)).toHaveLength(2);
    await injectFault(emulator, { route: routesOf.openrouter.remove, times: 1, drop: 'before' });
    expect(await carryOutDeletions({ ...system, settling: NO_WAIT })).toEqual({ deleted: 0 });
    expect(await atProvider()).toBe(1);
    later(7, 60_000);
    await settleOpenChanges(system);
    expect(await carryOutDeletions(system)).toEqual({ deleted: 0 });
    later(7, 10 * 60_000);
    expect(await carryOutDeletions(system)).toEqual({ deleted: 1 });
    expect(await atProvider()).toBe(0);
  });

  it('asks a person once when the provider refuses, and closes the question when it is done', async ({
    db,
  }) => {
    const { system, keyId, name, remove, row, later } = await deletedWorld(db);
    await remove();
    later(7);
    await injectFault(emulator, { route: routesOf.openrouter.remove, times: 2, status: 403 });
    expect(await carryOutDeletions(system)).toEqual({ deleted: 0 });
    later(7, 61 * 60_000);
    expect(await carryOutDeletions(system)).toEqual({ deleted: 0 });
    expect(await openIncidents(db, keyId)).toEqual([
      {
        kind: 'deletion_refused',
        title: `Test openrouter refuses to delete “${name}”, which stays disabled.`,
      },
    ]);
    expect(await row()).toMatchObject({ isDisabled: true, deleteAfter: expect.any(Date) });
    later(7, 3 * 60 * 60_000);
    expect(await carryOutDeletions(system)).toEqual({ deleted: 1 });
    const [incident] = await db.select().from(incidents).where(eq(incidents.keyId, keyId));
    expect(incident?.resolvedAt).toBeInstanceOf(Date);
  });

  it('deletes nothing that was enabled outside Keyward, and asks', async ({ db }) => {
    const { system, keyId, name, remove, row, later, atProvider } = await deletedWorld(db);
    await remove();
    const before = await row();
    await changeOutside(emulator, { op: 'update', key: before?.externalId, disabled: false });
    later(7);
    expect(await carryOutDeletions(system)).toEqual({ deleted: 0 });
    expect(await atProvider()).toBe(1);
    expect(await row()).toMatchObject({ deleteAfter: null, deletedAt: null });
    expect(await openIncidents(db, keyId)).toEqual([
      {
        kind: 'deletion_stopped',
        title: `“${name}” was to be deleted at Test openrouter, but it was enabled outside Keyward since. It was not deleted.`,
      },
    ]);
  });

  it('deletes nothing whose connection was removed, and sends nothing to a paused one', async ({ db }) => {
    const { system, connectionId, keyId, remove, row, later } = await deletedWorld(db);
    await remove();
    later(7);
    await db.update(connections).set({ state: 'paused' }).where(eq(connections.id, connectionId));
    expect(await carryOutDeletions(system)).toEqual({ deleted: 0 });
    expect(await row()).toMatchObject({ deleteAfter: expect.any(Date) });
    await db.update(connections).set({ state: 'removed' }).where(eq(connections.id, connectionId));
    await carryOutDeletions(system);
    expect(await row()).toMatchObject({ deleteAfter: null, deletedAt: null });
    expect(await openIncidents(db, keyId)).toMatchObject([{ kind: 'deletion_stopped' }]);
  });
});

describe('the grace period', () => {
  it('is set by an admin, on record, for what is deleted from then on', async ({ db }) => {
    const { admin, remove, start } = await deletedWorld(db);
    expect(await getDeleteGrace(admin)).toEqual({ days: 7 });
    await updateDeleteGrace(admin, { days: 30 });
    expect(await getDeleteGrace(admin)).toEqual({ days: 30 });
    expect(await remove()).toMatchObject({ deleteAfter: new Date(start + 30 * DAY_MS).toISOString() });
    const [audited] = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, 'setting.delete_grace'));
    expect(audited).toMatchObject({ before: { days: 7 }, after: { days: 30 }, outcome: 'done' });
  });
});

describe('a key whose secret is still on its way', () => {
  it('takes the link with it, and stays disabled when the deletion is undone', async ({ db }) => {
    const { admin, system, connectionId } = await deletedWorld(db);
    const made = await handOverNewKey(admin, handOverWish(connectionId, {}, { name: 'on-its-way' }));
    const { keyId, handOverId, linkKey } = made;
    await deleteKey(admin, { keyId, typedName: 'on-its-way', reason: '' });
    const [link] = await db.select().from(handOvers).where(eq(handOvers.id, handOverId));
    expect(link).toMatchObject({ sealed: null, revokedAt: expect.any(Date), expiredAt: expect.any(Date) });
    const pickUp = collectHandOver(system, { handOverId, linkKey, viewer: null, address: null });
    await expect(pickUp).rejects.toMatchObject({ code: 'conflict', facts: { state: 'revoked' } });
    const [audited] = await db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.action, 'hand_over.revoke'), eq(auditEvents.keyId, keyId)));
    expect(audited).toMatchObject({ after: { handOverId, cause: 'key_deleted' }, outcome: 'done' });
    expect(await undoDeleteKey(admin, { keyId, reason: '' })).toEqual({
      changeId: null,
      isEnabled: false,
      isSecretLost: true,
    });
    const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
    expect(row).toMatchObject({ isDisabled: true, deleteAfter: null });
  });

  it('keeps its link when the provider refuses the deletion', async ({ db }) => {
    const { admin, connectionId } = await deletedWorld(db);
    const made = await handOverNewKey(admin, handOverWish(connectionId, {}, { name: 'refused-one' }));
    await injectFault(emulator, { route: routesOf.openrouter.limit, times: 1, status: 403 });
    const attempt = deleteKey(admin, { keyId: made.keyId, typedName: 'refused-one', reason: '' });
    await expect(attempt).rejects.toMatchObject({ code: 'provider_refused' });
    const [link] = await db.select().from(handOvers).where(eq(handOvers.id, made.handOverId));
    expect(link).toMatchObject({ sealed: expect.any(Buffer), revokedAt: null });
  });
});
