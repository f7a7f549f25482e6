import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { auditEvents, changes, keys } from '@/lib/db/schema';
import type { CreateKeyInput } from '@/lib/domain/keys/key-input';
import { capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import {
  as,
  changeOutside,
  connectVendor,
  injectFault,
  startVendor,
  type TestEmulator,
  type TestVendor,
  textOfTables,
} from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { NO_WAIT, routesOf } from '@/lib/testing/settling';
import type { ServerContext } from '../context';
import { createKey } from './create-key';
import { deleteKey } from './delete-key';
import { renameKey } from './rename-key';
import { setKeyDisabled } from './set-key-disabled';
import { updateKeyLimit } from './update-key-limit';

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

function wish(connectionId: number, values: Partial<CreateKeyInput> = {}): CreateKeyInput {
  return {
    connectionId,
    name: 'release-notes',
    limit: capped(usd(25), 'monthly'),
    containerId: null,
    expiresAt: null,
    permissions: null,
    labels: {},
    teamId: null,
    ownerId: null,
    reason: 'for the tests',
    ...values,
  };
}

const seen = (limit = capped(usd(25), 'monthly')) => ({ limit, includeByokInLimit: null });

async function auditOf(context: ServerContext, keyId: number) {
  const rows = await context.db
    .select({ action: auditEvents.action, outcome: auditEvents.outcome, reason: auditEvents.reason })
    .from(auditEvents)
    .where(eq(auditEvents.keyId, keyId))
    .orderBy(asc(auditEvents.seq));
  return rows.map(({ action, outcome }) => `${action} ${outcome}`);
}

describe.each(vendors)('writing keys at %s', (vendor) => {
  it('creates a key whose secret is in the answer and nowhere in the database', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, vendor, emulatorOf(vendor));
    const created = await createKey(context, wish(connectionId));
    expect(created.secret.length).toBeGreaterThan(20);
    const stored = await textOfTables(db);
    expect(stored).toContain('release-notes');
    expect(stored).not.toContain(created.secret);
    expect(stored).not.toContain(emulatorOf(vendor).managementKey);
    const [change] = await db.select().from(changes).where(eq(changes.keyId, created.keyId));
    expect(change).toMatchObject({ kind: 'create_key', state: 'applied', reason: 'for the tests' });
    expect(await auditOf(context, created.keyId)).toEqual(['key.create_key applied']);
  });

  it('sets a limit, and mirrors what the provider then holds', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, vendor, emulatorOf(vendor));
    const { keyId } = await createKey(context, wish(connectionId));
    await updateKeyLimit(context, {
      keyId,
      seen: seen(),
      limit: capped(usd('380.5'), 'monthly'),
      reason: 'more tickets',
    });
    const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
    expect(row).toMatchObject({ limitKind: 'capped', limitAmount: '380.5', limitPeriod: 'monthly' });
    await updateKeyLimit(context, {
      keyId,
      seen: seen(capped(usd('380.5'), 'monthly')),
      limit: UNLIMITED,
      reason: '',
    });
    expect(await auditOf(context, keyId)).toEqual([
      'key.create_key applied',
      'key.set_limit planned',
      'key.set_limit applied',
      'key.set_limit planned',
      'key.set_limit applied',
    ]);
  });

  it('overwrites no limit that was changed at the provider meanwhile', async ({ db }) => {
    const emulator = emulatorOf(vendor);
    const { context, connectionId } = await connectVendor(db, vendor, emulator);
    const { keyId } = await createKey(context, wish(connectionId));
    const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
    await changeOutside(emulator, {
      op: 'update',
      key: row?.externalId,
      ...(vendor === 'openrouter' ? { limit: 77 } : { monthly_limit: '77' }),
    });
    const attempt = updateKeyLimit(context, {
      keyId,
      seen: seen(),
      limit: capped(usd(50), 'monthly'),
      reason: '',
    });
    await expect(attempt).rejects.toMatchObject({
      code: 'stale',
      facts: { current: { limit: capped(usd(77), 'monthly') } },
    });
    const made = await db
      .select()
      .from(changes)
      .where(and(eq(changes.keyId, keyId), eq(changes.kind, 'set_limit')));
    expect(made).toEqual([]);
  });

  it('deletes a key and keeps its row', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, vendor, emulatorOf(vendor));
    const { keyId } = await createKey(context, wish(connectionId));
    const untyped = deleteKey(context, { keyId, typedName: '', reason: '' });
    await expect(untyped).rejects.toMatchObject({
      code: 'invalid',
      fieldErrors: { typedName: expect.any(Array) },
    });
    const deleted = await deleteKey(context, { keyId, typedName: 'release-notes', reason: '' });
    const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
    if (vendor === 'openrouter') {
      expect(deleted.kind).toBe('waiting');
      expect(row).toMatchObject({ isDisabled: true, deletedAt: null, deleteAfter: expect.any(Date) });
    } else {
      expect(deleted.kind).toBe('deleted');
      expect(row).toMatchObject({ deletedAt: expect.any(Date), deleteAfter: null });
    }
    await expect(deleteKey(context, { keyId, typedName: 'release-notes', reason: '' })).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
  });

  it('records a refusal and an unknown outcome as what they are', async ({ db }) => {
    const emulator = emulatorOf(vendor);
    const { context: waiting, connectionId } = await connectVendor(db, vendor, emulator);
    const context = { ...waiting, settling: NO_WAIT };
    const create = routesOf[vendor].create;
    await injectFault(emulator, { route: create, times: 1, status: 403 });
    await expect(createKey(context, wish(connectionId))).rejects.toMatchObject({ code: 'provider_refused' });
    await injectFault(emulator, { route: create, times: 1, drop: 'after' });
    await expect(createKey(context, wish(connectionId))).rejects.toMatchObject({
      code: 'outcome_unknown',
      facts: { changeId: expect.any(String) },
    });
    const states = await db.select({ state: changes.state }).from(changes).orderBy(asc(changes.plannedAt));
    expect(states.map(({ state }) => state)).toEqual(['refused', 'unknown']);
    const outcomes = await db
      .select({ outcome: auditEvents.outcome })
      .from(auditEvents)
      .where(eq(auditEvents.action, 'key.create_key'))
      .orderBy(asc(auditEvents.seq));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['planned', 'refused', 'planned', 'unknown']);
  });

  it('denies every write to finance and leads, without a trace of a change', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, vendor, emulatorOf(vendor));
    const { keyId } = await createKey(context, wish(connectionId));
    for (const role of ['finance', 'lead'] as const) {
      const denied = as(context, testActor(role, [1]));
      const attempts = [
        createKey(denied, wish(connectionId)),
        updateKeyLimit(denied, { keyId, seen: seen(), limit: UNLIMITED, reason: '' }),
        renameKey(denied, { keyId, seenName: 'release-notes', name: 'other', reason: '' }),
        setKeyDisabled(denied, { keyId, isDisabled: true, reason: '' }),
        deleteKey(denied, { keyId, typedName: 'release-notes', reason: '' }),
      ];
      for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await auditOf(context, keyId)).toEqual(['key.create_key applied']);
  });

  it('tells a key that is not there as not found', async ({ db }) => {
    const { context } = await connectVendor(db, vendor, emulatorOf(vendor));
    await expect(
      setKeyDisabled(context, { keyId: 2_000_000, isDisabled: true, reason: '' }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('what only some providers can', () => {
  it('renames, disables and enables at OpenRouter', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'openrouter', emulatorOf('openrouter'));
    const { keyId } = await createKey(context, wish(connectionId));
    await renameKey(context, { keyId, seenName: 'release-notes', name: 'release-bot', reason: '' });
    await setKeyDisabled(context, { keyId, isDisabled: true, reason: '' });
    const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
    expect(row).toMatchObject({ name: 'release-bot', isDisabled: true });
    await setKeyDisabled(context, { keyId, isDisabled: false, reason: '' });
    await expect(
      renameKey(context, { keyId, seenName: 'release-notes', name: 'third', reason: '' }),
    ).rejects.toMatchObject({ code: 'stale' });
  });

  it.for(['requesty', 'requesty-classic'] as const)(
    'refuses them at %s with the reason',
    async (vendor, { db }) => {
      const { context, connectionId } = await connectVendor(db, vendor, emulatorOf(vendor));
      const { keyId } = await createKey(context, wish(connectionId));
      await expect(setKeyDisabled(context, { keyId, isDisabled: true, reason: '' })).rejects.toMatchObject({
        code: 'unsupported',
      });
      await expect(
        renameKey(context, { keyId, seenName: 'release-notes', name: 'x', reason: '' }),
      ).rejects.toMatchObject({ code: 'unsupported' });
      await expect(
        createKey(context, wish(connectionId, { limit: { kind: 'blocked' } })),
      ).rejects.toMatchObject({
        code: 'invalid',
        fieldErrors: { limit: expect.any(Array) },
      });
    },
  );
});
