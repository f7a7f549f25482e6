import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { auditEvents, driftItems, raises } from '@/lib/db/schema';
import type { DriftView } from '@/lib/domain/drift/drift-view';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { as, changeOutside, injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { driftWorld } from '@/lib/testing/drifting';
import { clearFaults, NO_WAIT, routesOf, trueKeys } from '@/lib/testing/settling';
import { startRaise } from '../raises/start-raise';
import { adoptDrift, ignoreDrift } from './decide-drift';
import { countDrift, listDrift, listKeyDrift } from './list-drift';
import { putBackDrift } from './put-back-drift';

let openrouter: TestEmulator;
let requesty: TestEmulator;

beforeAll(async () => {
  openrouter = await startVendor('openrouter');
  requesty = await startVendor('requesty');
});
afterAll(async () => {
  await openrouter.close();
  await requesty.close();
});
beforeEach(async () => {
  await clearFaults(openrouter);
});

const monthly = (amount: number) => capped(usd(amount), 'monthly');
const shown = ({ id, digest }: DriftView) => ({ itemId: id, digest });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

type World = Awaited<ReturnType<typeof driftWorld>>;

async function only({ context }: World): Promise<DriftView> {
  const { items } = await listDrift(context, { isIgnored: false });
  const [item] = items;
  if (!item || items.length !== 1) throw new Error(`${items.length} items instead of one`);
  return item;
}

async function lastAudit({ context }: World) {
  const [row] = await context.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subjectKind, 'drift'))
    .orderBy(desc(auditEvents.seq))
    .limit(1);
  return row;
}

describe('deciding on what was changed outside', () => {
  it('adopts it: nothing is sent, and it is not found again', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', openrouter, 'adopted');
    await world.limitOutside(77);
    await world.read();
    const item = await only(world);
    expect(item.putBack).toEqual({ can: true, to: { limit: monthly(25) } });
    const outcome = await adoptDrift(world.context, { items: [shown(item)], reason: 'agreed' });
    expect(outcome).toEqual([{ itemId: item.id, problem: null }]);
    expect(await countDrift(world.context)).toBe(0);
    expect(await lastAudit(world)).toMatchObject({
      action: 'drift.adopt',
      actorName: 'Ada',
      keyId: world.keyId,
      before: { limit: monthly(25) },
      after: { limit: monthly(77) },
      reason: 'agreed',
    });
    await world.read();
    expect(await world.open()).toEqual([]);
    expect((await world.keyRow()).limitAmount).toBe('77');
  });

  it('puts it back through the ledger: limit, name and state', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', openrouter, 'original');
    await world.change({ limit: 77, name: 'changed', disabled: true });
    await world.read();
    const { items } = await listDrift(world.context, { isIgnored: false });
    expect(items).toHaveLength(3);
    for (const item of items)
      await putBackDrift(world.context, { ...shown(item), typedName: '', reason: '' });
    expect(await world.open()).toEqual([]);
    const decided = await db.select({ decision: driftItems.decision }).from(driftItems);
    expect(decided.map(({ decision }) => decision)).toEqual(['put_back', 'put_back', 'put_back']);
    const [truth] = await trueKeys(openrouter, 'original');
    expect(truth).toMatchObject({ amount: 25, disabled: false, name: 'original' });
    expect(await db.$count(auditEvents, eq(auditEvents.action, 'drift.put_back'))).toBe(3);
    await world.read();
    expect(await world.open()).toEqual([]);
  });

  it('puts it off until a day; something else found before asks at once', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', openrouter, 'later');
    await world.limitOutside(77);
    await world.read();
    const item = await only(world);
    await ignoreDrift(world.context, { items: [shown(item)], until: inDays(7), reason: '' });
    expect(await listDrift(world.context, { isIgnored: false })).toMatchObject({
      items: [],
      open: 0,
      ignored: 1,
    });
    const then = { ...world.context, now: () => inDays(8) };
    expect(await countDrift(then)).toBe(1);
    await world.limitOutside(78);
    await world.read();
    expect(await countDrift(world.context)).toBe(1);
    const past = { items: [shown(await only(world))], until: inDays(-1), reason: '' };
    await expect(ignoreDrift(world.context, past)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('decides on exactly what was shown, else nothing', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', openrouter, 'moving');
    await world.limitOutside(77);
    await world.read();
    const item = await only(world);
    await world.limitOutside(78);
    // Not read yet: the provider itself is asked before anything is put back.
    const wish = { ...shown(item), typedName: '', reason: '' };
    await expect(putBackDrift(world.context, wish)).rejects.toMatchObject({ code: 'stale' });
    const now = await only(world);
    expect(now).toMatchObject({ id: item.id, found: { limit: monthly(78) } });
    const [outcome] = await adoptDrift(world.context, { items: [shown(item)], reason: '' });
    expect(outcome?.problem).toContain('Something else is there now');
    await adoptDrift(world.context, { items: [shown(now)], reason: '' });
    const [twice] = await adoptDrift(world.context, { items: [shown(now)], reason: '' });
    expect(twice?.problem).toContain('decided meanwhile');
  });

  it('stays open when the provider refuses, and closes when a lost answer is found to have worked', async ({
    db,
  }) => {
    const world = await driftWorld(db, 'openrouter', openrouter, 'refusing');
    await world.limitOutside(77);
    await world.read();
    const wish = { ...shown(await only(world)), typedName: '', reason: '' };
    await injectFault(openrouter, { route: routesOf.openrouter.limit, times: 1, status: 403 });
    await expect(putBackDrift(world.context, wish)).rejects.toMatchObject({ code: 'provider_refused' });
    expect(await world.open()).toHaveLength(1);
    await injectFault(openrouter, { route: routesOf.openrouter.limit, times: 1, drop: 'after' });
    const impatient = { ...world.context, settling: { ...NO_WAIT, pausesMs: [5, 60] } };
    await putBackDrift(impatient, wish);
    expect(await db.select({ decision: driftItems.decision }).from(driftItems)).toEqual([
      { decision: 'put_back' },
    ]);
  });

  it('disables or deletes a key that was made outside, or adopts it', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', openrouter, 'mine');
    await changeOutside(openrouter, { op: 'create', name: 'stranger', limit: 5 });
    await world.read();
    const item = await only(world);
    expect(item).toMatchObject({ kind: 'created', ways: ['disable', 'delete'], putBack: { can: false } });
    const wish = { ...shown(item), typedName: '', reason: '' };
    await expect(putBackDrift(world.context, wish)).rejects.toMatchObject({ code: 'unsupported' });
    await putBackDrift(world.context, { ...wish, way: 'disable' });
    expect(await world.open()).toEqual([]);
    expect((await world.keyRow(item.keyId)).isDisabled).toBe(true);
  });

  it('offers a deleted key nothing but to be adopted', async ({ db }) => {
    const world = await driftWorld(db, 'requesty', requesty, 'gone');
    await changeOutside(requesty, { op: 'delete', key: world.externalId });
    await world.read();
    const item = await only(world);
    expect(item).toMatchObject({ kind: 'gone', putBack: { can: false }, ways: [] });
    await adoptDrift(world.context, { items: [shown(item)], reason: '' });
    await world.read();
    expect(await world.open()).toEqual([]);
  });

  it('offers no name where the provider cannot rename', async ({ db }) => {
    const world = await driftWorld(db, 'requesty', requesty, 'fixed');
    await world.change({ name: 'moved' });
    await world.read();
    expect((await only(world)).putBack).toMatchObject({ can: false });
  });

  it('never undoes a change under a raise by itself, and says that one holds', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', openrouter, 'raised');
    const raise = { keyId: world.keyId, limit: monthly(60), endsAt: inDays(2), reason: '', requestId: null };
    await startRaise(world.context, raise);
    await world.limitOutside(77);
    await world.read();
    const item = await only(world);
    expect(item).toMatchObject({
      lastSeen: { limit: monthly(60) },
      raise: { base: monthly(25), held: monthly(60) },
      putBack: { to: { limit: monthly(60) } },
    });
    await adoptDrift(world.context, { items: [shown(item)], reason: '' });
    expect(await db.select({ state: raises.state }).from(raises)).toEqual([{ state: 'cancelled' }]);
    expect((await trueKeys(openrouter, 'raised'))[0]).toMatchObject({ amount: 77 });
  });

  it('is read by finance, decided by admins alone, and shown to a lead on the pages of their own keys', async ({
    db,
  }) => {
    const world = await driftWorld(db, 'openrouter', openrouter, 'denied');
    await world.limitOutside(77);
    await world.read();
    const item = await only(world);
    const finance = as(world.context, testActor('finance'));
    expect(await listDrift(finance, { isIgnored: false })).toMatchObject({ open: 1, canDecide: false });
    const lead = as(world.context, testActor('lead', [1]));
    await expect(listDrift(lead, { isIgnored: false })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listKeyDrift(lead, { keyId: world.keyId })).rejects.toMatchObject({ code: 'not_found' });
    for (const denied of [finance, lead]) {
      const attempts = [
        adoptDrift(denied, { items: [shown(item)], reason: '' }),
        ignoreDrift(denied, { items: [shown(item)], until: inDays(1), reason: '' }),
        putBackDrift(denied, { ...shown(item), typedName: '', reason: '' }),
      ];
      for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await world.open()).toHaveLength(1);
  });
});
