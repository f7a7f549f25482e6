import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditEvents, changes, keys, raises } from '@/lib/db/schema';
import { capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import type { TestEmulator, TestVendor } from '@/lib/testing/connected';
import { as, changeOutside, connectVendor, injectFault, startVendor } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { NO_WAIT, routesOf } from '@/lib/testing/settling';
import { createKey } from '../keys/create-key';
import { startApprovedRaise, startRaise } from './start-raise';

const vendors: readonly TestVendor[] = ['openrouter', 'requesty'];
const emulators = new Map<TestVendor, TestEmulator>();

beforeAll(async () => {
  for (const vendor of vendors) emulators.set(vendor, await startVendor(vendor));
});
afterAll(async () => {
  for (const emulator of emulators.values()) await emulator.close();
});

const monthly = (amount: number) => capped(usd(amount), 'monthly');
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

async function raisable(db: Database, vendor: TestVendor) {
  const emulator = emulators.get(vendor);
  if (!emulator) throw new Error(`no emulator of ${vendor}`);
  const { context, connectionId } = await connectVendor(db, vendor, emulator);
  const { keyId } = await createKey(context, {
    connectionId,
    name: 'nightly-eval',
    limit: monthly(50),
    containerId: null,
    expiresAt: null,
    permissions: null,
    labels: {},
    teamId: null,
    ownerId: null,
    reason: '',
  });
  const [key] = await db.select().from(keys).where(eq(keys.id, keyId));
  if (!key) throw new Error('the key was not stored');
  return { context, emulator, keyId, externalId: key.externalId };
}

const wish = (keyId: number, amount = 80) => ({
  keyId,
  limit: monthly(amount),
  endsAt: inDays(3),
  reason: 'the launch',
  requestId: null,
});

describe.each(vendors)('starting a raise at %s', (vendor) => {
  it('sets the higher limit, keeps the base, and records both', async ({ db }) => {
    const { context, keyId } = await raisable(db, vendor);
    const { raiseId, changeId } = await startRaise(context, wish(keyId));
    const [key] = await db.select().from(keys).where(eq(keys.id, keyId));
    expect(key?.limitAmount).toBe('80');
    const [raise] = await db.select().from(raises).where(eq(raises.id, raiseId));
    expect(raise).toMatchObject({
      state: 'active',
      baseLimit: monthly(50),
      raisedLimit: monthly(80),
      endedAt: null,
    });
    const [change] = await db
      .select()
      .from(changes)
      .where(eq(changes.id, changeId ?? ''));
    expect(change).toMatchObject({ kind: 'set_limit', state: 'applied', parentId: raiseId });
    const trail = await db
      .select({ action: auditEvents.action, outcome: auditEvents.outcome })
      .from(auditEvents)
      .where(eq(auditEvents.keyId, keyId))
      .orderBy(asc(auditEvents.seq));
    expect(trail.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'key.create_key applied',
      'raise.plan done',
      'key.set_limit planned',
      'raise.start done',
      'key.set_limit applied',
    ]);
  });

  it('of two raises the higher one holds, and the lower writes nothing', async ({ db }) => {
    const { context, keyId } = await raisable(db, vendor);
    await startRaise(context, wish(keyId, 80));
    const lower = await startRaise(context, wish(keyId, 60));
    expect(lower.changeId).toBeNull();
    const [key] = await db.select().from(keys).where(eq(keys.id, keyId));
    expect(key?.limitAmount).toBe('80');
    const rows = await db.select().from(raises).where(eq(raises.keyId, keyId));
    expect(rows.map(({ state, baseLimit }) => ({ state, baseLimit }))).toEqual([
      { state: 'active', baseLimit: monthly(50) },
      { state: 'active', baseLimit: monthly(50) },
    ]);
  });

  it('overwrites nothing that was changed at the provider meanwhile', async ({ db }) => {
    const { context, emulator, keyId, externalId } = await raisable(db, vendor);
    const change = vendor === 'openrouter' ? { limit: 77 } : { monthly_limit: '77' };
    await changeOutside(emulator, { op: 'update', key: externalId, ...change });
    await expect(startRaise(context, wish(keyId))).rejects.toMatchObject({
      code: 'stale',
      facts: { current: { limit: monthly(77) } },
    });
    expect(await db.$count(raises)).toBe(0);
  });

  it('is cancelled when the provider refuses, and stays planned while nobody knows', async ({ db }) => {
    const { context: waiting, emulator, keyId } = await raisable(db, vendor);
    const context = { ...waiting, settling: NO_WAIT };
    const { limit } = routesOf[vendor];
    await injectFault(emulator, { route: limit, times: 1, status: 403 });
    await expect(startRaise(context, wish(keyId))).rejects.toMatchObject({ code: 'provider_refused' });
    await injectFault(emulator, { route: limit, times: 1, drop: 'before' });
    await expect(startRaise(context, wish(keyId))).rejects.toMatchObject({ code: 'outcome_unknown' });
    const rows = await db.select().from(raises).orderBy(asc(raises.startsAt));
    expect(rows.map(({ state }) => state)).toEqual(['cancelled', 'planned']);
    await expect(startRaise(context, wish(keyId))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('refuses what is no raise, and an end that is over', async ({ db }) => {
    const { context, keyId } = await raisable(db, vendor);
    await expect(startRaise(context, wish(keyId, 40))).rejects.toMatchObject({ code: 'invalid' });
    const over = { ...wish(keyId), endsAt: new Date(0) };
    await expect(startRaise(context, over)).rejects.toMatchObject({
      fieldErrors: { endsAt: expect.any(Array) },
    });
    await startRaise(context, { ...wish(keyId), limit: UNLIMITED });
    const [key] = await db.select().from(keys).where(eq(keys.id, keyId));
    expect(key?.limitKind).toBe('unlimited');
  });

  it('is denied to whoever may not change keys, unless it was approved', async ({ db }) => {
    const { context, keyId } = await raisable(db, vendor);
    for (const role of ['finance', 'lead'] as const) {
      const denied = as(context, testActor(role, [1]));
      await expect(startRaise(denied, wish(keyId))).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await db.$count(raises)).toBe(0);
    await startApprovedRaise(context, wish(keyId));
    expect(await db.$count(raises)).toBe(1);
  });
});
