import { asc, eq, isNull } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { changes, incidents, keys } from '@/lib/db/schema';
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
  ledgerOf,
  NO_WAIT,
  routesOf,
  trueKeys,
} from '@/lib/testing/settling';
import type { ServerContext } from '../context';
import { createKey } from '../keys/create-key';
import { decideLostCreate } from './decide-lost-create';
import { getChange } from './get-change';
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

let serial = 0;
async function setUp(
  db: Database,
  vendor: TestVendor,
  options: Parameters<typeof connectForSettling>[3] = {},
) {
  const emulator = emulators.get(vendor);
  if (!emulator) throw new Error(`no emulator of ${vendor}`);
  const { context, connectionId } = await connectForSettling(db, vendor, emulator, options);
  serial += 1;
  const name = `lost-${serial}`;
  const create = (as: ServerContext = context) => createKey(as, keyWish(connectionId, name));
  const fault = (values: Record<string, unknown>) =>
    injectFault(emulator, { route: routesOf[vendor].create, ...values });
  const makeOutside = () =>
    changeOutside(
      emulator,
      vendor === 'openrouter'
        ? { op: 'create', name, limit: 25, limit_reset: 'monthly' }
        : { op: 'create', name, monthly_limit: '25' },
    );
  const live = async () => (await trueKeys(emulator, name)).filter(({ deletedAt }) => deletedAt === null);
  const creates = () =>
    db.select().from(changes).where(eq(changes.kind, 'create_key')).orderBy(asc(changes.plannedAt));
  const later = (ms: number): ServerContext => ({ ...context, now: () => new Date(Date.now() + ms) });
  return { emulator, context, connectionId, name, create, fault, makeOutside, live, creates, later };
}

const stopOf = (vendor: TestVendor) =>
  vendor === 'openrouter' ? 'disable_key applied' : 'set_limit applied';

describe.each(vendors)('a lost answer to a create at %s', (vendor) => {
  it.for([
    ['dropped after the effect', { drop: 'after' }],
    ['a 500 after the effect', { status: 500, afterEffect: true }],
    ['a page of HTML after the effect', { status: 200, html: '<html></html>', afterEffect: true }],
    ['a body cut off after the effect', { cutOff: true }],
  ] as const)('removes the key that nobody saw and makes a fresh one: %s', async ([, values], { db }) => {
    const { name, create, fault, live, creates, emulator } = await setUp(db, vendor);
    await fault(values);
    const made = await create();
    const [alive, ...others] = await live();
    expect(others).toEqual([]);
    expect(alive?.secret).toBe(made.secret);
    expect(await trueKeys(emulator, name)).toHaveLength(2);
    expect(await ledgerOf(db)).toEqual([
      'create_key settled_applied',
      stopOf(vendor),
      'delete_key applied',
      'create_key applied',
    ]);
    const [lost, fresh] = await creates();
    expect(fresh).toMatchObject({ parentId: lost?.id, keyId: made.keyId });
    expect(lost?.settlement).toContain('It was removed');
    const rows = await db.select().from(keys).where(eq(keys.name, name)).orderBy(asc(keys.id));
    expect(rows.map(({ deletedAt }) => deletedAt === null)).toEqual([false, true]);
  });

  it.for([
    ['dropped before the effect', { drop: 'before' }],
    ['a 503', { status: 503 }],
  ] as const)('that was not created is tried again: %s', async ([, values], { db }) => {
    const { create, fault, live } = await setUp(db, vendor);
    await fault(values);
    const made = await create();
    expect((await live()).map(({ secret }) => secret)).toEqual([made.secret]);
    expect(await ledgerOf(db)).toEqual(['create_key settled_not_applied', 'create_key applied']);
  });

  it('that lands late leaves no live key that nobody saw', async ({ db }) => {
    const { create, fault, live, later, context } = await setUp(db, vendor, { timeoutMs: 60 });
    await fault({ delayMs: 700 });
    const made = await create();
    await expect.poll(async () => (await live()).length, { timeout: 3_000 }).toBe(2);
    await settleOpenChanges(later(31_000));
    expect((await live()).map(({ secret }) => secret)).toEqual([made.secret]);
    await settleOpenChanges(context);
    expect((await ledgerOf(db)).filter((line) => line.startsWith('create_key'))).toEqual([
      'create_key settled_applied',
      'create_key applied',
    ]);
  });

  it('that lands late is found by a read whose clock was set back to before the wish', async ({ db }) => {
    const { create, fault, live, later, connectionId } = await setUp(db, vendor, { timeoutMs: 60 });
    await fault({ delayMs: 700 });
    const made = await create();
    await expect.poll(async () => (await live()).length, { timeout: 3_000 }).toBe(2);
    const late = (await live()).find(({ secret }) => secret !== made.secret);
    if (!late) throw new Error('the late key is not there');
    const longAgo = new Date(Date.now() - 3_600_000);
    const row = {
      connectionId,
      externalId: late.externalId,
      name: made.name,
      limitKind: 'unlimited' as const,
    };
    await db.insert(keys).values({ ...row, firstSeenAt: longAgo, lastSeenAt: longAgo });
    await settleOpenChanges(later(31_000));
    expect((await live()).map(({ secret }) => secret)).toEqual([made.secret]);
  });

  it('touches nothing when two keys could be it, and does what a person answers', async ({ db }) => {
    const { create, fault, live, makeOutside, creates, context } = await setUp(db, vendor, {
      timing: NO_WAIT,
    });
    await fault({ drop: 'after' });
    await expect(create()).rejects.toMatchObject({ code: 'outcome_unknown' });
    const [lostKey] = await live();
    await makeOutside();
    await settleOpenChanges(context);
    expect(await live()).toHaveLength(2);
    const [asked] = await db.select().from(incidents).where(isNull(incidents.resolvedAt));
    expect(asked).toMatchObject({ kind: 'create_ambiguous', facts: { candidates: [{}, {}] } });
    const [change] = await creates();
    const changeId = change?.id ?? '';
    expect(await getChange(context, { changeId })).toMatchObject({ phase: 'asking' });
    await expect(decideLostCreate(context, { changeId, externalId: 'another' })).rejects.toMatchObject({
      code: 'invalid',
    });
    await decideLostCreate(context, { changeId, externalId: lostKey?.externalId ?? '' });
    const left = await live();
    expect(left).toHaveLength(1);
    expect(left[0]?.externalId).not.toBe(lostKey?.externalId);
    expect(await db.select().from(incidents).where(isNull(incidents.resolvedAt))).toEqual([]);
    expect(await getChange(context, { changeId })).toMatchObject({ phase: 'applied' });
  });

  it('decides nothing while not all keys could be listed', async ({ db }) => {
    const { create, fault, creates, live, context, later, emulator } = await setUp(db, vendor, {
      timing: NO_WAIT,
    });
    await fault({ drop: 'after' });
    await expect(create()).rejects.toMatchObject({ code: 'outcome_unknown' });
    await injectFault(emulator, { route: routesOf[vendor].list, status: 403, times: 1 });
    await settleOpenChanges(context);
    expect((await creates())[0]?.state).toBe('unknown');
    expect(await live()).toHaveLength(1);
    await settleOpenChanges(later(10_000));
    expect((await creates())[0]?.state).toBe('settled_applied');
    expect(await live()).toEqual([]);
  });

  it('made by a process that died is removed and not made anew', async ({ db }) => {
    const { create, fault, live, creates, context } = await setUp(db, vendor, { timing: NO_WAIT });
    await fault({ drop: 'after' });
    await expect(create()).rejects.toMatchObject({ code: 'outcome_unknown' });
    await db.update(changes).set({ state: 'sent', failure: null, answeredAt: null });
    await settleOpenChanges(context);
    expect(await live()).toEqual([]);
    expect(await creates()).toHaveLength(1);
    expect(await ledgerOf(db)).toEqual(['create_key settled_applied', stopOf(vendor), 'delete_key applied']);
  });

  it('goes on removing the key after a restart, and asks a person when it stays', async ({ db }) => {
    const { create, fault, live, creates, emulator, later, context } = await setUp(db, vendor, {
      timing: NO_WAIT,
    });
    await fault({ drop: 'after' });
    await expect(create()).rejects.toMatchObject({ code: 'outcome_unknown' });
    await injectFault(emulator, { route: routesOf[vendor].remove, status: 403, times: 6 });
    await settleOpenChanges(context);
    expect((await creates())[0]).toMatchObject({ state: 'settled_applied' });
    for (let tries = 1; tries <= 5; tries += 1) await settleOpenChanges(later(tries * 400_000));
    expect(await live()).toHaveLength(1);
    const [asked] = await db.select().from(incidents).where(isNull(incidents.resolvedAt));
    expect(asked).toMatchObject({ kind: 'orphan_stays' });
    await settleOpenChanges(later(7 * 400_000));
    expect(await live()).toEqual([]);
    expect(await db.select().from(incidents).where(isNull(incidents.resolvedAt))).toEqual([]);
  });
});
