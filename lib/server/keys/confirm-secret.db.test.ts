import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditEvents, changes, incidents } from '@/lib/db/schema';
import { as, injectFault, startVendor, type TestEmulator, type TestVendor } from '@/lib/testing/connected';
import { actorOf, testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import {
  clearFaults,
  connectForSettling,
  keyWish,
  NO_WAIT,
  routesOf,
  trueKeys,
} from '@/lib/testing/settling';
import { settleOpenChanges } from '../changes/settle-open-changes';
import type { ServerContext } from '../context';
import { collectHandOver } from '../hand-over/collect-hand-over';
import { confirmCollected } from '../hand-over/confirm-collected';
import { handOverNewKey } from '../hand-over/hand-over-new-key';
import { confirmSecret } from './confirm-secret';
import { createKey } from './create-key';
import { deleteKey } from './delete-key';
import { undoDeleteKey } from './undo-delete-key';

const vendors = ['openrouter', 'requesty'] as const satisfies readonly TestVendor[];
const emulators = new Map<TestVendor, TestEmulator>();
beforeAll(async () => {
  for (const vendor of vendors) emulators.set(vendor, await startVendor(vendor));
});
afterEach(async () => {
  for (const emulator of emulators.values()) await clearFaults(emulator);
});
afterAll(async () => {
  for (const emulator of emulators.values()) await emulator.close();
});

let serial = 0;

async function setUp(db: Database, vendor: TestVendor = 'openrouter') {
  const emulator = emulators.get(vendor);
  if (!emulator) throw new Error(`no emulator of ${vendor}`);
  const { context: system, connectionId } = await connectForSettling(db, vendor, emulator, {
    timing: NO_WAIT,
  });
  const admin = as(system, actorOf(await insertUser(db)));
  serial += 1;
  const name = `seen-${serial}`;
  const truth = async () => (await trueKeys(emulator, name))[0];
  const isStopped = async () => {
    const key = await truth();
    return vendor === 'openrouter' ? key?.disabled === true : key?.amount === 0.01;
  };
  const later = (minutes: number): ServerContext => ({
    ...system,
    now: () => new Date(Date.now() + minutes * 60_000),
  });
  const asked = () => db.select().from(incidents).where(eq(incidents.kind, 'secret_not_seen'));
  const create = () => createKey(admin, keyWish(connectionId, name));
  return { emulator, system, admin, connectionId, name, isStopped, later, asked, create };
}

describe.each(vendors)('a new secret at %s', (vendor) => {
  it('that nobody confirmed seeing stops its key after ten minutes, and asks a person', async ({ db }) => {
    const { create, later, isStopped, asked } = await setUp(db, vendor);
    const { keyId, changeId } = await create();
    await settleOpenChanges(later(9));
    expect(await isStopped()).toBe(false);
    await settleOpenChanges(later(11));
    expect(await isStopped()).toBe(true);
    expect(await asked()).toMatchObject([{ keyId, changeId, resolvedAt: null }]);
    const [change] = await db.select().from(changes).where(eq(changes.id, changeId));
    expect(change).toMatchObject({ state: 'applied', lookAt: null });
  });

  it('that was confirmed leaves its key alone, on record', async ({ db }) => {
    const { admin, create, later, isStopped, asked } = await setUp(db, vendor);
    const { changeId } = await create();
    expect(await confirmSecret(admin, { changeId })).toEqual({ isInTime: true });
    expect(await confirmSecret(admin, { changeId })).toEqual({ isInTime: true });
    await settleOpenChanges(later(11));
    expect(await isStopped()).toBe(false);
    expect(await asked()).toEqual([]);
    const rows = await db.select().from(auditEvents).where(eq(auditEvents.action, 'key.see_secret'));
    expect(rows).toHaveLength(1);
  });
});

describe('confirming a secret', () => {
  it('too late is said', async ({ db }) => {
    const { admin, create, later } = await setUp(db);
    const { changeId } = await create();
    await settleOpenChanges(later(11));
    expect(await confirmSecret(admin, { changeId })).toEqual({ isInTime: false });
  });

  it('is for the one who created the key alone', async ({ db }) => {
    const { system, create } = await setUp(db);
    const { changeId } = await create();
    const other = as(system, actorOf(await insertUser(db)));
    await expect(confirmSecret(other, { changeId })).rejects.toMatchObject({ code: 'not_found' });
    const lead = as(system, testActor('lead', [1]));
    await expect(confirmSecret(lead, { changeId })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('a deletion that is taken back does not let a key work whose secret nobody saw', async ({ db }) => {
    const { admin, name, create, later, isStopped } = await setUp(db);
    const { keyId } = await create();
    await deleteKey(admin, { keyId, typedName: name, reason: '' });
    await settleOpenChanges(later(11));
    expect(await undoDeleteKey(admin, { keyId, reason: '' })).toMatchObject({ isSecretLost: true });
    expect(await isStopped()).toBe(true);
  });

  it('stopping is tried again while the provider is down', async ({ db }) => {
    const { emulator, create, later, isStopped, asked } = await setUp(db);
    await create();
    await injectFault(emulator, { route: routesOf.openrouter.limit, status: 429 });
    await settleOpenChanges(later(11));
    expect(await isStopped()).toBe(false);
    expect(await asked()).toHaveLength(1);
    await settleOpenChanges(later(13));
    expect(await isStopped()).toBe(true);
  });

  it('a collected secret that nobody confirmed stops its key; a confirmed one does not', async ({ db }) => {
    const { admin, system, connectionId, name, later, isStopped, asked } = await setUp(db);
    const handOver = { recipientId: null, lifetimeHours: 24, isSignInNeeded: false };
    const { handOverId, linkKey } = await handOverNewKey(admin, { ...keyWish(connectionId, name), handOver });
    await settleOpenChanges(later(11));
    expect(await isStopped()).toBe(false);
    const link = { handOverId, linkKey };
    const keyward = as(system, { kind: 'system', name: 'Keyward' });
    await expect(confirmCollected(keyward, link)).rejects.toMatchObject({ code: 'not_found' });
    await collectHandOver(keyward, { ...link, viewer: null, address: null });
    await confirmCollected(keyward, link);
    await settleOpenChanges(later(11));
    expect(await isStopped()).toBe(false);

    const other = await handOverNewKey(admin, { ...keyWish(connectionId, `${name}-2`), handOver });
    await collectHandOver(keyward, {
      handOverId: other.handOverId,
      linkKey: other.linkKey,
      viewer: null,
      address: null,
    });
    await settleOpenChanges(later(11));
    expect(await asked()).toMatchObject([{ keyId: other.keyId }]);
  });
});
