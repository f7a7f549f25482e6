import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { auditEvents, changes, driftItems, keys, notifications } from '@/lib/db/schema';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import type { Provider } from '@/lib/providers/port';
import {
  changeOutside,
  injectFault,
  startVendor,
  type TestEmulator,
  type TestVendor,
} from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { driftWorld } from '@/lib/testing/drifting';
import { clearFaults, keyWish, NO_WAIT, routesOf } from '@/lib/testing/settling';
import { settleOpenChanges } from '../changes/settle-open-changes';
import type { ServerContext } from '../context';
import { createKey } from '../keys/create-key';
import { deleteKey } from '../keys/delete-key';
import { renameKey } from '../keys/rename-key';
import { setKeyDisabled } from '../keys/set-key-disabled';
import { updateKeyLimit } from '../keys/update-key-limit';

const vendors: readonly TestVendor[] = ['openrouter', 'requesty', 'requesty-classic'];
const emulators = new Map<TestVendor, TestEmulator>();

beforeAll(async () => {
  for (const vendor of vendors) emulators.set(vendor, await startVendor(vendor));
});
afterAll(async () => {
  for (const emulator of emulators.values()) await emulator.close();
});
beforeEach(async () => {
  for (const emulator of emulators.values()) await clearFaults(emulator);
});

function emulatorOf(vendor: TestVendor): TestEmulator {
  const emulator = emulators.get(vendor);
  if (!emulator) throw new Error(`no emulator of ${vendor}`);
  return emulator;
}

const monthly = (amount: number) => capped(usd(amount), 'monthly');
const seen = (amount: number) => ({ limit: monthly(amount), includeByokInLimit: null });

/** The same world, with something that happens in the middle of each listing or write. */
async function interrupted(
  context: ServerContext,
  wrap: (provider: Provider) => Partial<Provider>,
): Promise<ServerContext> {
  return {
    ...context,
    providers: {
      ...context.providers,
      open: async (connection) => {
        const provider = await context.providers.open(connection);
        return { ...provider, ...wrap(provider) };
      },
    },
  };
}

describe.each(vendors)('what was changed outside at %s', (vendor) => {
  const at = () => emulatorOf(vendor);

  it('is nothing at the first read, and nothing when nothing changed', async ({ db }) => {
    const world = await driftWorld(db, vendor, at(), 'quiet');
    await world.read();
    expect(await db.select().from(driftItems)).toEqual([]);
  });

  it('is a limit that was changed, with what was seen, what Keyward set last, and what is there', async ({
    db,
  }) => {
    const world = await driftWorld(db, vendor, at(), 'limited');
    await world.limitOutside(77);
    await world.read();
    const [item, ...others] = await world.open();
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      kind: 'limit',
      keyId: world.keyId,
      lastSeen: { limit: monthly(25) },
      lastSet: { value: { limit: monthly(25) }, by: 'Ada' },
      found: { limit: monthly(77) },
    });
    expect(await world.keyRow()).toMatchObject({ limitAmount: '77' });
    const [told] = await db.select().from(notifications);
    expect(told).toMatchObject({ topic: 'drift.found', href: '/drift' });
    expect(await db.$count(auditEvents, eq(auditEvents.action, 'drift.find'))).toBe(1);
  });

  it('follows what is there, and resolves itself when it is again as it was', async ({ db }) => {
    const world = await driftWorld(db, vendor, at(), 'wandering');
    await world.limitOutside(77);
    await world.read();
    const [first] = await world.open();
    await world.limitOutside(90);
    await world.read();
    const [second] = await world.open();
    expect(second).toMatchObject({
      id: first?.id,
      lastSeen: { limit: monthly(25) },
      found: { limit: monthly(90) },
    });
    await world.limitOutside(25);
    await world.read();
    expect(await world.open()).toEqual([]);
    const [closed] = await db.select().from(driftItems);
    expect(closed).toMatchObject({ decision: 'resolved_itself', decidedBy: null });
  });

  it('has nothing left to decide once Keyward itself set the limit', async ({ db }) => {
    const world = await driftWorld(db, vendor, at(), 'set-over');
    await world.limitOutside(77);
    await world.read();
    await updateKeyLimit(world.context, {
      keyId: world.keyId,
      seen: seen(77),
      limit: monthly(40),
      reason: '',
    });
    expect(await world.open()).toEqual([]);
    await world.read();
    expect(await world.open()).toEqual([]);
  });

  it('is a key that was made or deleted', async ({ db }) => {
    const world = await driftWorld(db, vendor, at(), 'doomed');
    const limit = vendor === 'openrouter' ? { limit: 12 } : { monthly_limit: '12' };
    await changeOutside(at(), { op: 'create', name: `stranger-${vendor}`, ...limit });
    await changeOutside(at(), { op: 'delete', key: world.externalId });
    await world.read();
    const items = await world.open();
    expect(items.map(({ kind }) => kind).sort()).toEqual(['created', 'gone']);
    const made = items.find(({ kind }) => kind === 'created');
    expect(made).toMatchObject({ lastSeen: null, lastSet: null, found: { name: `stranger-${vendor}` } });
    const gone = items.find(({ kind }) => kind === 'gone');
    expect(gone).toMatchObject({ keyId: world.keyId, lastSeen: { name: 'doomed' }, found: null });
    await world.read();
    expect(await world.open()).toHaveLength(2);
    await changeOutside(at(), { op: 'delete', key: (await world.keyRow(made?.keyId)).externalId });
    await world.read();
    expect((await world.open()).map(({ kind }) => kind)).toEqual(['gone']);
  });

  it('is never what Keyward did itself', async ({ db }) => {
    const world = await driftWorld(db, vendor, at(), 'own');
    const { context, keyId } = world;
    await updateKeyLimit(context, { keyId, seen: seen(25), limit: monthly(30), reason: '' });
    if (vendor === 'openrouter') {
      await renameKey(context, { keyId, seenName: 'own', name: 'renamed', reason: '' });
      await setKeyDisabled(context, { keyId, isDisabled: true, reason: '' });
    }
    const other = await createKey(context, keyWish(world.connectionId, 'second'));
    await world.read();
    await deleteKey(context, { keyId: other.keyId, typedName: 'second', reason: '' });
    await world.read();
    expect(await db.select().from(driftItems)).toEqual([]);
  });

  it('is not a write that lands while a read runs, before or after its listing', async ({ db }) => {
    const world = await driftWorld(db, vendor, at(), 'crossed');
    const { context, keyId, connectionId } = world;
    const set = (from: number, to: number) =>
      updateKeyLimit(context, { keyId, seen: seen(from), limit: monthly(to), reason: '' });
    const after = await interrupted(world.system, ({ reads }) => ({
      reads: {
        ...reads,
        listKeys: async (options) => {
          const listed = await reads.listKeys(options);
          await set(25, 60);
          await createKey(context, keyWish(connectionId, 'meanwhile'));
          return listed;
        },
      },
    }));
    await world.read(after);
    expect(await world.keyRow()).toMatchObject({ limitAmount: '60' });
    expect(await world.open()).toEqual([]);
    await world.read();
    expect(await world.open()).toEqual([]);
  });

  it('is not a write whose outcome is not on record yet', async ({ db }) => {
    const world = await driftWorld(db, vendor, at(), 'under-way');
    const { keyId, connectionId } = world;
    const slow = await interrupted(world.context, ({ writes }) => ({
      writes: {
        ...writes,
        updateKey: async (...input) => {
          await writes.updateKey(...input);
          await world.read();
        },
        createKey: async (...input) => {
          const made = await writes.createKey(...input);
          await world.read();
          return made;
        },
      },
    }));
    await updateKeyLimit(slow, { keyId, seen: seen(25), limit: monthly(60), reason: '' });
    await createKey(slow, keyWish(connectionId, 'slowly'));
    await world.read();
    expect(await db.select().from(driftItems)).toEqual([]);
  });

  it('is not a write whose answer was lost, but is what someone else set meanwhile', async ({ db }) => {
    const world = await driftWorld(db, vendor, at(), 'lost');
    const impatient = { ...world.context, settling: NO_WAIT };
    await injectFault(at(), { route: routesOf[vendor].limit, times: 1, drop: 'after' });
    const input = { keyId: world.keyId, seen: seen(25), limit: monthly(60), reason: '' };
    await expect(updateKeyLimit(impatient, input)).rejects.toMatchObject({ code: 'outcome_unknown' });
    await world.read();
    expect(await world.open()).toEqual([]);
    await world.limitOutside(99);
    await world.read();
    expect(await world.open()).toMatchObject([{ kind: 'limit', found: { limit: monthly(99) } }]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await settleOpenChanges({ ...world.system, settling: NO_WAIT });
    expect(
      await db.select({ state: changes.state }).from(changes).where(eq(changes.kind, 'set_limit')),
    ).toEqual([{ state: 'settled_not_applied' }]);
    expect(await world.open()).toHaveLength(1);
  });

  it('is not what lands late, within five minutes of "it did not take effect"', async ({ db }) => {
    const world = await driftWorld(db, vendor, at(), 'late');
    const settle = async (minutesAgo: number) => {
      const settledAt = new Date(Date.now() - minutesAgo * 60_000);
      await db
        .update(changes)
        .set({ state: 'settled_not_applied', settledAt })
        .where(eq(changes.kind, 'set_limit'));
    };
    await updateKeyLimit(world.context, {
      keyId: world.keyId,
      seen: seen(25),
      limit: monthly(60),
      reason: '',
    });
    const back = { limitAmount: usd(25), writtenAt: null };
    await settle(4);
    await db.update(keys).set(back).where(eq(keys.id, world.keyId));
    await world.read();
    expect(await world.open()).toEqual([]);
    await settle(6);
    await db.update(keys).set(back).where(eq(keys.id, world.keyId));
    await world.read();
    expect(await world.open()).toMatchObject([{ kind: 'limit', found: { limit: monthly(60) } }]);
  });
});

describe('names and states', () => {
  it('that were changed outside are listed each for itself', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulatorOf('openrouter'), 'old-name');
    await world.change({ name: 'new-name', disabled: true });
    await world.read();
    expect(await world.openOf('name')).toMatchObject([
      {
        lastSeen: { name: 'old-name' },
        lastSet: { value: { name: 'old-name' } },
        found: { name: 'new-name' },
      },
    ]);
    expect(await world.openOf('state')).toMatchObject([
      { lastSeen: { isDisabled: false }, found: { isDisabled: true } },
    ]);
  });

  it('are closed when their key is gone, which alone is left to decide', async ({ db }) => {
    const world = await driftWorld(db, 'openrouter', emulatorOf('openrouter'), 'leaving');
    await world.change({ name: 'left' });
    await world.read();
    await changeOutside(emulatorOf('openrouter'), { op: 'delete', key: world.externalId });
    await world.read();
    expect((await world.open()).map(({ kind }) => kind)).toEqual(['gone']);
  });
});
