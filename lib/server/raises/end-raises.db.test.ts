import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { auditEvents, changes, driftItems, incidents, keys, notifications, raises } from '@/lib/db/schema';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { as, injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { driftWorld } from '@/lib/testing/drifting';
import { clearFaults, NO_WAIT, routesOf, trueKeys } from '@/lib/testing/settling';
import { settleOpenChanges } from '../changes/settle-open-changes';
import { updateKeyLimit } from '../keys/update-key-limit';
import { advanceRaises } from './advance-raises';
import { endRaise } from './end-raise';
import { endRaiseNow } from './end-raise-now';
import { extendRaise } from './extend-raise';
import { startRaise } from './start-raise';
import { updateBaseLimit } from './update-base-limit';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());
beforeEach(() => clearFaults(emulator));

const monthly = (amount: number) => capped(usd(amount), 'monthly');
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const PATCH = routesOf.openrouter.limit;

type World = Awaited<ReturnType<typeof driftWorld>>;

const start = ({ context, keyId }: Pick<World, 'context' | 'keyId'>, amount = 80, days = 3) =>
  startRaise(context, {
    keyId,
    limit: monthly(amount),
    endsAt: inDays(days),
    reason: 'the launch',
    requestId: null,
  });

/** The chore at a moment, as a process that was started then. */
const advance = ({ system }: World, days: number, ms = 0) =>
  advanceRaises({ ...system, now: () => new Date(Date.now() + days * DAY_MS + ms), settling: NO_WAIT });

async function statesOf({ context }: World) {
  const rows = await context.db.select({ state: raises.state }).from(raises).orderBy(raises.startsAt);
  return rows.map(({ state }) => state);
}

const truth = async (name: string) => (await trueKeys(emulator, name))[0]?.amount;

describe('a raise', () => {
  it('ends by itself when its time has come, and not before', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'timed');
    await start(world);
    await advance(world, 2.9);
    expect(await truth('timed')).toBe(80);
    await advance(world, 3.1);
    expect(await truth('timed')).toBe(25);
    expect(await statesOf(world)).toEqual(['ended']);
    expect((await world.keyRow()).limitAmount).toBe('25');
    const [told] = await db.select().from(notifications).where(eq(notifications.topic, 'raise.ended'));
    expect(told).toMatchObject({
      href: `/keys/${world.keyId}`,
      body: expect.stringContaining('$25 monthly'),
    });
    expect(await db.$count(auditEvents, eq(auditEvents.action, 'raise.end'))).toBe(1);
    await world.read();
    expect(await db.select().from(driftItems)).toEqual([]);
  });

  it('of several falls to the next highest, and with the last to the base', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'several');
    await start(world, 60, 5);
    await start(world, 90, 2);
    await start(world, 40, 9);
    expect(await truth('several')).toBe(90);
    await advance(world, 3);
    expect(await truth('several')).toBe(60);
    await advance(world, 6);
    expect(await truth('several')).toBe(40);
    await advance(world, 10);
    expect(await truth('several')).toBe(25);
    expect(await statesOf(world)).toEqual(['ended', 'ended', 'ended']);
  });

  it('that ends while a higher one of its key ends elsewhere leaves the base, not its own limit', async ({
    db,
  }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'at-once');
    const lower = await start(world, 60, 2);
    const higher = await start(world, 90, 2);
    const { providers } = world.system;
    // The other process ends the lower raise after this one reckoned with it, and before it writes.
    const endings: unknown[] = [];
    const meanwhile: typeof providers.open = async (connection) => {
      if (endings.length === 0) endings.push(await endRaise(world.system, lower.raiseId));
      return providers.open(connection);
    };
    const raced = { ...world.system, providers: { ...providers, open: meanwhile } };
    const why = 'The raises of this key changed a moment ago. Look again.';
    expect(await endRaise(raced, higher.raiseId)).toEqual({ kind: 'failed', why });
    expect(endings).toEqual([{ kind: 'ended' }]);
    expect(await truth('at-once')).toBe(90);
    expect(await endRaise(world.system, higher.raiseId)).toEqual({ kind: 'ended' });
    expect(await truth('at-once')).toBe(25);
  });

  it('is tried again while the provider is down, says so, asks a person, and ends when it can', async ({
    db,
  }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'down');
    await start(world);
    await injectFault(emulator, { route: routesOf.openrouter.one, times: 100, status: 503 });
    const minutes = [0.1, 0.5, 2, 4, 6];
    for (const minute of minutes) await advance(world, 3, minute * 60_000);
    const [late] = await db.select().from(raises);
    expect(late).toMatchObject({ state: 'active', attempts: minutes.length, endedAt: null });
    expect(late?.failure).toContain('could not be reached');
    expect(late?.toldOverdueAt).toBeInstanceOf(Date);
    const [asked, ...more] = await db.select().from(incidents).where(isNull(incidents.resolvedAt));
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ kind: 'raise_overdue', keyId: world.keyId });
    const told = await db.select().from(notifications).where(eq(notifications.topic, 'raise.overdue'));
    expect(told).toHaveLength(2);
    await clearFaults(emulator);
    await advance(world, 3, 20 * 60_000);
    expect(await truth('down')).toBe(25);
    expect(await statesOf(world)).toEqual(['ended']);
    expect(await db.select().from(incidents).where(isNull(incidents.resolvedAt))).toEqual([]);
  });

  it('does not wait out a pause that a wrong clock set', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'clock');
    await start(world, 80, 3);
    await injectFault(emulator, { route: routesOf.openrouter.one, times: 100, status: 503 });
    // The clock stood a year ahead for a moment, and a dead process held the raise then.
    await advance(world, 365);
    await clearFaults(emulator);
    const [tried] = await db.select().from(raises);
    expect(tried?.nextTryAt?.getTime()).toBeGreaterThan(inDays(300).getTime());
    await db.update(raises).set({ workedUntil: inDays(365) });
    await advance(world, 3, 60_000);
    expect(await statesOf(world)).toEqual(['ended']);
    expect(await truth('clock')).toBe(25);
  });

  it('whose last write lost its answer ends once that is settled, without a second write', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'answerless');
    await start(world);
    await injectFault(emulator, { route: PATCH, times: 1, drop: 'after' });
    await advance(world, 3, 1_000);
    expect(await statesOf(world)).toEqual(['active']);
    const [unknown] = await db.select().from(changes).where(eq(changes.state, 'unknown'));
    expect(unknown).toMatchObject({ kind: 'set_limit' });
    await settleOpenChanges({ ...world.system, now: () => inDays(3.01), settling: NO_WAIT });
    await advance(world, 3, 3_600_000);
    expect(await statesOf(world)).toEqual(['ended']);
    expect(await truth('answerless')).toBe(25);
    expect(await db.$count(changes, eq(changes.kind, 'set_limit'))).toBe(2);
  });

  it.for(['outside', 'here'] as const)(
    'overwrites nothing that was set %s meanwhile: the three values stand on the drift list',
    async (where, { db }) => {
      const world = await driftWorld(db, 'openrouter', emulator, `changed-${where}`);
      await start(world);
      const seen = { limit: monthly(80), includeByokInLimit: false };
      if (where === 'outside') await world.limitOutside(200);
      else {
        const edit = { keyId: world.keyId, seen, limit: monthly(200), reason: '' };
        await updateKeyLimit(world.context, edit);
      }
      await advance(world, 3.1);
      expect(await truth(`changed-${where}`)).toBe(200);
      expect(await statesOf(world)).toEqual(['drifted']);
      expect(await world.open()).toMatchObject([
        {
          kind: 'limit',
          lastSeen: { limit: monthly(80), raise: { base: monthly(25), raised: monthly(80) } },
          found: { limit: monthly(200) },
        },
      ]);
      await world.read();
      expect(await world.open()).toHaveLength(1);
    },
  );

  it('takes over nothing that had been set back already', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'back');
    await start(world);
    await world.limitOutside(25);
    await advance(world, 3.1);
    expect(await statesOf(world)).toEqual(['ended']);
  });

  it('that was cut off before it was sent, or did not take effect, is cancelled', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'cut');
    const impatient = { ...world, context: { ...world.context, settling: NO_WAIT } };
    await injectFault(emulator, { route: PATCH, times: 1, drop: 'before' });
    await expect(start(impatient)).rejects.toMatchObject({ code: 'outcome_unknown' });
    await advance(world, 0);
    expect(await statesOf(world)).toEqual(['planned']);
    await settleOpenChanges({ ...world.system, now: () => inDays(0.01), settling: NO_WAIT });
    await advance(world, 0, 120_000);
    expect(await statesOf(world)).toEqual(['cancelled']);
    // Its limit lands late after all, and its time is over by then.
    const lateAt = inDays(0.02);
    await world.limitOutside(80);
    await db.update(changes).set({ lookAt: lateAt }).where(eq(changes.kind, 'set_limit'));
    await settleOpenChanges({ ...world.system, now: () => lateAt, settling: NO_WAIT });
    await advance(world, 4);
    expect(await statesOf(world)).toEqual(['ended']);
    expect(await truth('cut')).toBe(25);
  });

  it('takes effect when a lost answer is found to have worked', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'found');
    const impatient = { ...world, context: { ...world.context, settling: NO_WAIT } };
    await injectFault(emulator, { route: PATCH, times: 1, drop: 'after' });
    await expect(start(impatient)).rejects.toMatchObject({ code: 'outcome_unknown' });
    await settleOpenChanges({ ...world.system, settling: NO_WAIT });
    await advance(world, 0, 120_000);
    expect(await statesOf(world)).toEqual(['active']);
    await advance(world, 3.1);
    expect(await truth('found')).toBe(25);
  });
});

describe('an admin', () => {
  it('gives a raise another end, unless it is not the one that was shown', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'longer');
    const { raiseId } = await start(world);
    const [raise] = await db.select().from(raises);
    const seenEndsAt = raise?.endsAt ?? new Date(0);
    await extendRaise(world.context, { raiseId, seenEndsAt, endsAt: inDays(9), reason: '' });
    await advance(world, 5);
    expect(await truth('longer')).toBe(80);
    const stale = extendRaise(world.context, { raiseId, seenEndsAt, endsAt: inDays(10), reason: '' });
    await expect(stale).rejects.toMatchObject({ code: 'stale' });
    await advance(world, 9.1);
    expect(await truth('longer')).toBe(25);
    const over = extendRaise(world.context, { raiseId, seenEndsAt, endsAt: inDays(10), reason: '' });
    await expect(over).rejects.toMatchObject({ code: 'conflict' });
    expect(await db.$count(auditEvents, eq(auditEvents.action, 'raise.extend'))).toBe(1);
  });

  it('ends it now; what the provider does not take is tried again by itself', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'now');
    const { raiseId } = await start(world);
    await injectFault(emulator, { route: routesOf.openrouter.one, times: 100, status: 503 });
    expect(await endRaiseNow(world.context, { raiseId, reason: '' })).toMatchObject({ kind: 'failed' });
    await clearFaults(emulator);
    expect(await truth('now')).toBe(80);
    await advance(world, 0, 60_000);
    expect(await truth('now')).toBe(25);
    const again = await start(world);
    expect(await endRaiseNow(world.context, { raiseId: again.raiseId, reason: '' })).toEqual({
      kind: 'ended',
    });
    expect(await truth('now')).toBe(25);
  });

  it('sets the limit below a raise: it holds when the raise ends', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'below');
    await start(world);
    const input = { keyId: world.keyId, seen: monthly(25), limit: monthly(40), reason: '' };
    expect(await updateBaseLimit(world.context, input)).toEqual({ changeId: null });
    expect(await truth('below')).toBe(80);
    await expect(updateBaseLimit(world.context, input)).rejects.toMatchObject({ code: 'stale' });
    const above = { ...input, seen: monthly(40), limit: monthly(95) };
    await updateBaseLimit(world.context, above);
    expect(await truth('below')).toBe(95);
    await advance(world, 3.1);
    expect(await truth('below')).toBe(95);
    expect(await statesOf(world)).toEqual(['ended']);
    await expect(updateBaseLimit(world.context, above)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('alone may do any of it', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulator, 'theirs');
    const { raiseId } = await start(world);
    for (const role of ['finance', 'lead'] as const) {
      const denied = as(world.context, testActor(role, [1]));
      const attempts = [
        extendRaise(denied, { raiseId, seenEndsAt: inDays(3), endsAt: inDays(4), reason: '' }),
        endRaiseNow(denied, { raiseId, reason: '' }),
        updateBaseLimit(denied, { keyId: world.keyId, seen: monthly(25), limit: monthly(30), reason: '' }),
        advanceRaises(denied),
      ];
      for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    }
    const [key] = await db
      .select()
      .from(keys)
      .where(and(eq(keys.id, world.keyId), isNull(keys.deletedAt)));
    expect(key?.limitAmount).toBe('80');
  });
});
