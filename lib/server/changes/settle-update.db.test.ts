import { desc, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { changes, incidents, keys } from '@/lib/db/schema';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import {
  changeOutside,
  injectFault,
  startVendor,
  type TestEmulator,
  type TestVendor,
} from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import {
  clearFaults,
  connectForSettling,
  keyWish,
  NO_WAIT,
  outcomesOf,
  routesOf,
  trueKeys,
} from '@/lib/testing/settling';
import type { ServerContext } from '../context';
import { createKey } from '../keys/create-key';
import { deleteForGood } from '../keys/delete-for-good';
import { loadChangeableKey } from '../keys/load-key';
import { updateKeyLimit } from '../keys/update-key-limit';
import { getChange, listOpenChanges } from './get-change';
import { settleOpenChanges } from './settle-open-changes';

const emulators = new Map<TestVendor, TestEmulator>();
const vendors: readonly TestVendor[] = ['openrouter', 'requesty', 'requesty-classic'];

beforeAll(async () => {
  for (const vendor of vendors) emulators.set(vendor, await startVendor(vendor));
});
afterEach(async () => {
  for (const emulator of emulators.values()) await clearFaults(emulator);
});
afterAll(async () => {
  for (const emulator of emulators.values()) await emulator.close();
});

function emulatorOf(vendor: TestVendor): TestEmulator {
  const emulator = emulators.get(vendor);
  if (!emulator) throw new Error(`no emulator of ${vendor}`);
  return emulator;
}

let serial = 0;
/** A key of its own for a test: the emulators outlive the rolled-back database. */
async function setUp(
  db: Database,
  vendor: TestVendor,
  options: Parameters<typeof connectForSettling>[3] = {},
) {
  const emulator = emulatorOf(vendor);
  const { context, connectionId } = await connectForSettling(db, vendor, emulator, options);
  serial += 1;
  const name = `settle-${serial}`;
  const { keyId } = await createKey(context, keyWish(connectionId, name));
  const setLimit = (amount: number, from = 25, as: ServerContext = context) =>
    updateKeyLimit(as, {
      keyId,
      seen: { limit: capped(usd(from), 'monthly'), includeByokInLimit: null },
      limit: capped(usd(amount), 'monthly'),
      reason: '',
    });
  const truth = async () => (await trueKeys(emulator, name))[0];
  const lastChange = async () => {
    const [row] = await db
      .select()
      .from(changes)
      .orderBy(desc(changes.plannedAt), desc(changes.sentAt))
      .limit(1);
    if (!row) throw new Error('no change');
    return row;
  };
  const mirror = async () => {
    const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
    if (!row) throw new Error('no key');
    return row;
  };
  return { emulator, context, connectionId, name, keyId, setLimit, truth, lastChange, mirror };
}

const effects = [
  ['a connection dropped after the effect', { drop: 'after' }],
  ['a 502 after the effect', { status: 502, afterEffect: true }],
  ['a page of HTML after the effect', { status: 200, html: '<html>gateway</html>', afterEffect: true }],
] as const;

const misses = [
  ['a connection dropped before the effect', { drop: 'before' }],
  ['a 503 without an effect', { status: 503 }],
  ['a page of HTML without an effect', { status: 200, html: '<html>gateway</html>' }],
] as const;

describe.each(vendors)('a lost answer to a limit at %s', (vendor) => {
  it.for(effects)('is settled as applied within the call: %s', async ([, fault], { db }) => {
    const { emulator, setLimit, mirror, lastChange, truth } = await setUp(db, vendor);
    await injectFault(emulator, { route: routesOf[vendor].limit, ...fault });
    const { changeId } = await setLimit(40);
    expect(await mirror()).toMatchObject({ limitAmount: '40', limitKind: 'capped' });
    expect((await truth())?.amount).toBe(40);
    expect(await lastChange()).toMatchObject({ id: changeId, state: 'settled_applied', lookAt: null });
    expect(await outcomesOf(db, changeId)).toEqual(['planned', 'unknown', 'applied']);
  });

  it.for(misses)('is settled as not applied, and said so: %s', async ([, fault], { db }) => {
    const { emulator, setLimit, mirror, lastChange, truth, context } = await setUp(db, vendor);
    await injectFault(emulator, { route: routesOf[vendor].limit, ...fault });
    await expect(setLimit(40)).rejects.toMatchObject({
      code: 'provider_unavailable',
      message: expect.stringContaining('did not take effect'),
    });
    const change = await lastChange();
    expect(change.state).toBe('settled_not_applied');
    expect(await outcomesOf(db, change.id)).toEqual(['planned', 'unknown', 'not_applied']);
    expect(await mirror()).toMatchObject({ limitAmount: '25' });
    expect((await truth())?.amount).toBe(25);
    expect(await getChange(context, { changeId: change.id })).toMatchObject({ phase: 'not_applied' });
    await setLimit(60);
    expect((await truth())?.amount).toBe(60);
  });

  it('that lands after it was found not to have happened is put on record as applied', async ({ db }) => {
    const { emulator, setLimit, mirror, lastChange, truth, context } = await setUp(db, vendor, {
      timeoutMs: 60,
    });
    await injectFault(emulator, { route: routesOf[vendor].limit, delayMs: 700 });
    await expect(setLimit(40)).rejects.toMatchObject({ code: 'provider_unavailable' });
    await expect.poll(async () => (await truth())?.amount, { timeout: 3_000 }).toBe(40);
    expect((await mirror()).limitAmount).toBe('25');
    const later: ServerContext = { ...context, now: () => new Date(Date.now() + 31_000) };
    await settleOpenChanges(later);
    const change = await lastChange();
    expect(change).toMatchObject({
      state: 'settled_applied',
      settlement: expect.stringContaining('later look'),
    });
    expect((await mirror()).limitAmount).toBe('40');
    expect(await outcomesOf(db, change.id)).toEqual(['planned', 'unknown', 'not_applied', 'applied']);
  });

  it('is not taken for late when the same value was set anew, though the clock was set back since', async ({
    db,
  }) => {
    const { emulator, setLimit, lastChange, context } = await setUp(db, vendor);
    await injectFault(emulator, { route: routesOf[vendor].limit, drop: 'before' });
    await expect(setLimit(40)).rejects.toMatchObject({ code: 'provider_unavailable' });
    const { id } = await lastChange();
    const slow: ServerContext = { ...context, now: () => new Date(Date.now() - 10_000) };
    await setLimit(40, 25, slow);
    await settleOpenChanges({ ...context, now: () => new Date(Date.now() + 40_000) });
    expect(await outcomesOf(db, id)).toEqual(['planned', 'unknown', 'not_applied']);
  });

  it('that lands late is put on record before the next change overwrites it', async ({ db }) => {
    const { emulator, setLimit, lastChange, truth } = await setUp(db, vendor, { timeoutMs: 60 });
    await injectFault(emulator, { route: routesOf[vendor].limit, delayMs: 700 });
    await expect(setLimit(40)).rejects.toMatchObject({ code: 'provider_unavailable' });
    const { id } = await lastChange();
    await expect.poll(async () => (await truth())?.amount, { timeout: 3_000 }).toBe(40);
    await expect(setLimit(60, 40)).rejects.toMatchObject({ code: 'stale' });
    expect(await outcomesOf(db, id)).toEqual(['planned', 'unknown', 'not_applied', 'applied']);
    await setLimit(60, 40);
    expect((await truth())?.amount).toBe(60);
  });

  it('tells of someone else’s value, and leaves it there', async ({ db }) => {
    const { emulator, setLimit, lastChange, truth, context } = await setUp(db, vendor, { timing: NO_WAIT });
    await injectFault(emulator, { route: routesOf[vendor].limit, drop: 'before' });
    await expect(setLimit(40)).rejects.toMatchObject({ code: 'outcome_unknown' });
    const before = await truth();
    await changeOutside(emulator, {
      op: 'update',
      key: before?.externalId,
      ...(vendor === 'openrouter' ? { limit: 77 } : { monthly_limit: '77' }),
    });
    await settleOpenChanges({ ...context, now: () => new Date(Date.now() + 40_000) });
    const change = await lastChange();
    expect(change).toMatchObject({
      state: 'settled_not_applied',
      settlement: expect.stringContaining('someone else'),
      after: { found: { limit: capped(usd(77), 'monthly') } },
    });
    expect((await truth())?.amount).toBe(77);
  });

  it('stays open while the provider cannot be read, is never given up, and asks a person in the end', async ({
    db,
  }) => {
    const { emulator, setLimit, lastChange, context, keyId, truth } = await setUp(db, vendor, {
      timing: NO_WAIT,
    });
    await injectFault(emulator, { route: routesOf[vendor].limit, drop: 'after' });
    const attempt = setLimit(40);
    await expect(attempt).rejects.toMatchObject({
      code: 'outcome_unknown',
      message: expect.stringContaining('We are checking whether the new limit of'),
    });
    const { id } = await lastChange();
    await expect(setLimit(50, 40)).rejects.toMatchObject({ code: 'conflict', facts: { changeId: id } });
    await injectFault(emulator, { route: routesOf[vendor].one, status: 403, times: 6 });
    let ahead = 0;
    for (let look = 0; look < 6; look += 1) {
      ahead += 400_000;
      const at = ahead;
      await settleOpenChanges({ ...context, now: () => new Date(Date.now() + at) });
      expect((await lastChange()).state).toBe('unknown');
    }
    const [asked] = await db.select().from(incidents).where(eq(incidents.changeId, id));
    expect(asked).toMatchObject({ kind: 'outcome_unknown', keyId, resolvedAt: null });
    expect(await listOpenChanges(context)).toMatchObject([{ id, phase: 'checking', checks: 6 }]);
    await settleOpenChanges({ ...context, now: () => new Date(Date.now() + ahead + 400_000) });
    expect((await lastChange()).state).toBe('settled_applied');
    expect((await truth())?.amount).toBe(40);
    const [closed] = await db.select().from(incidents).where(eq(incidents.changeId, id));
    expect(closed?.resolvedAt).toBeInstanceOf(Date);
  });

  it('to a deletion is settled by whether the key is still there', async ({ db }) => {
    const { emulator, context, keyId, mirror, truth, lastChange } = await setUp(db, vendor);
    await injectFault(emulator, { route: routesOf[vendor].remove, drop: 'before' });
    const remove = async () =>
      deleteForGood(context, await loadChangeableKey(context, 'keys.delete', keyId), { reason: '' });
    await expect(remove()).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect((await mirror()).deletedAt).toBeNull();
    await injectFault(emulator, { route: routesOf[vendor].remove, drop: 'after' });
    await remove();
    expect((await truth())?.deletedAt).not.toBeNull();
    expect((await mirror()).deletedAt).toBeInstanceOf(Date);
    expect((await lastChange()).state).toBe('settled_applied');
  });
});
