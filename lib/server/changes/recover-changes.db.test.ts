import { randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { changes, connections, incidents, keys } from '@/lib/db/schema';
import { injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testWithDatabase as it, testWithCommits } from '@/lib/testing/database';
import {
  clearFaults,
  connectForSettling,
  FAST,
  keyWish,
  NO_WAIT,
  routesOf,
  trueKeys,
} from '@/lib/testing/settling';
import type { ServerContext } from '../context';
import { createKey } from '../keys/create-key';
import { renameKey } from '../keys/rename-key';
import { setKeyDisabled } from '../keys/set-key-disabled';
import { updateKeyExpiry } from '../keys/update-key-expiry';
import { updateKeyLabels } from '../keys/update-key-labels';
import { getChange } from './get-change';
import { endDeadLeases, whileRunning } from './lease';
import { recordSent } from './record-change';
import { runChange } from './run-change';
import { settleOpenChanges } from './settle-open-changes';

let openrouter: TestEmulator;
let requesty: TestEmulator;
beforeAll(async () => {
  openrouter = await startVendor('openrouter');
  requesty = await startVendor('requesty');
});
afterEach(async () => {
  await clearFaults(openrouter);
  await clearFaults(requesty);
});
afterAll(async () => {
  await openrouter.close();
  await requesty.close();
});

let serial = 0;
async function setUp(db: Database, vendor: 'openrouter' | 'requesty' = 'openrouter', timing = FAST) {
  const emulator = vendor === 'openrouter' ? openrouter : requesty;
  const { context, connectionId } = await connectForSettling(db, vendor, emulator, { timing });
  serial += 1;
  const name = `recover-${serial}`;
  const { keyId } = await createKey(context, keyWish(connectionId, name));
  const disable = (isDisabled = true, as: ServerContext = context) =>
    setKeyDisabled(as, { keyId, isDisabled, reason: '' });
  const plant = async (state: 'planned' | 'sent', values: Partial<typeof changes.$inferInsert> = {}) => {
    const id = randomUUID();
    const at = new Date(Date.now() - 60_000);
    await db.insert(changes).values({
      id,
      kind: 'disable_key',
      state,
      connectionId,
      keyId,
      actorName: 'Someone',
      wish: { isDisabled: true },
      before: { isDisabled: false },
      reason: '',
      requestId: id,
      plannedAt: at,
      sentAt: state === 'sent' ? at : null,
      lookAt: at,
      ...values,
    });
    return id;
  };
  const stateOf = async (id: string) => {
    const [row] = await db.select().from(changes).where(eq(changes.id, id));
    return row;
  };
  return { emulator, context, connectionId, keyId, name, disable, plant, stateOf };
}

async function lastChange(db: Database) {
  const [row] = await db.select().from(changes).orderBy(desc(changes.plannedAt)).limit(1);
  return row;
}

describe('after a process was killed', () => {
  it('a planned change was never sent, and frees its key', async ({ db }) => {
    const { context, plant, stateOf, disable } = await setUp(db);
    const id = await plant('planned');
    await expect(disable()).rejects.toMatchObject({ code: 'conflict' });
    await settleOpenChanges(context);
    expect(await stateOf(id)).toMatchObject({ state: 'settled_not_applied', lookAt: null });
    expect((await getChange(context, { changeId: id })).sentence).toContain('before this was sent');
    await disable();
  });

  it('a sent change is looked at: it took effect or it did not', async ({ db }) => {
    const { context, plant, stateOf, disable } = await setUp(db);
    const missed = await plant('sent');
    await settleOpenChanges(context);
    expect(await stateOf(missed)).toMatchObject({
      state: 'settled_not_applied',
      failure: { kind: 'interrupted' },
    });
    await disable();
    const landed = await plant('sent');
    await settleOpenChanges(context);
    expect(await stateOf(landed)).toMatchObject({ state: 'settled_applied' });
  });

  it('what a living process is at is left alone, until its lease ends', async ({ db }) => {
    const { context, plant, stateOf } = await setUp(db);
    const own = await plant('sent');
    await whileRunning(context, own, () => settleOpenChanges(context));
    expect((await stateOf(own))?.state).toBe('sent');
    const others = await plant('planned', { lookAt: new Date(Date.now() + 20_000) });
    await settleOpenChanges(context);
    expect((await stateOf(others))?.state).toBe('planned');
    await endDeadLeases(context);
    await settleOpenChanges(context);
    expect((await stateOf(others))?.state).toBe('settled_not_applied');
  });

  it('a plan that was taken back meanwhile is never sent', async ({ db }) => {
    const { context, plant } = await setUp(db);
    const id = await plant('planned');
    await settleOpenChanges(context);
    await expect(recordSent(context, id)).rejects.toMatchObject({
      code: 'conflict',
      facts: { changeId: id },
    });
  });

  it('a removed connection is not asked any more, and a paused one later', async ({ db }) => {
    const { context, plant, stateOf, connectionId } = await setUp(db);
    const id = await plant('sent');
    await db.update(connections).set({ state: 'paused' }).where(eq(connections.id, connectionId));
    await settleOpenChanges(context);
    expect(await stateOf(id)).toMatchObject({ state: 'unknown', checks: 0 });
    await db.update(connections).set({ state: 'removed' }).where(eq(connections.id, connectionId));
    await settleOpenChanges({ ...context, now: () => new Date(Date.now() + 61_000) });
    expect(await stateOf(id)).toMatchObject({ state: 'abandoned', lookAt: null });
  });
});

describe('what only some providers tell', () => {
  it('a name and a state are read back at OpenRouter', async ({ db }) => {
    const { context, keyId, name, disable, emulator } = await setUp(db);
    await injectFault(emulator, { route: routesOf.openrouter.limit, drop: 'after' });
    await renameKey(context, { keyId, seenName: name, name: `${name}-new`, reason: '' });
    await injectFault(emulator, { route: routesOf.openrouter.limit, status: 502, afterEffect: true });
    await disable();
    const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
    expect(row).toMatchObject({ name: `${name}-new`, isDisabled: true });
  });

  it('labels are read back from the listing at Requesty', async ({ db }) => {
    const { context, keyId, emulator } = await setUp(db, 'requesty');
    const label = (seenLabels: Record<string, string>, labels: Record<string, string>) =>
      updateKeyLabels(context, { keyId, seenLabels, labels, reason: '' });
    await injectFault(emulator, { route: 'POST /**/label', drop: 'after' });
    await label({}, { env: 'prod' });
    await injectFault(emulator, { route: 'POST /**/label', drop: 'before' });
    await expect(label({ env: 'prod' }, { env: 'dev' })).rejects.toMatchObject({
      code: 'provider_unavailable',
    });
    const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
    expect(row?.labels).toEqual({ env: 'prod' });
  });

  it.for(['before', 'after'] as const)(
    'an expiry, which Requesty never tells, is sent once more (dropped %s the effect)',
    async (drop, { db }) => {
      const { context, keyId, emulator, name } = await setUp(db, 'requesty');
      await injectFault(emulator, { route: 'POST /**/expiry', drop });
      const expiresAt = '2099-01-02T03:04:05.000Z';
      await updateKeyExpiry(context, { keyId, expiresAt, reason: '' });
      expect(await lastChange(db)).toMatchObject({ state: 'settled_applied' });
      expect(Date.parse((await trueKeys(emulator, name))[0]?.expires_at ?? '')).toBe(Date.parse(expiresAt));
      const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
      expect(row?.expiresAt?.toISOString()).toBe(expiresAt);
    },
  );

  it('an expiry is sent no third time: a person sets it again', async ({ db }) => {
    const { context, keyId, emulator } = await setUp(db, 'requesty');
    await injectFault(emulator, { route: 'POST /**/expiry', drop: 'before', times: 2 });
    const set = () => updateKeyExpiry(context, { keyId, expiresAt: '2099-01-02T03:04:05.000Z', reason: '' });
    await expect(set()).rejects.toMatchObject({ code: 'outcome_unknown' });
    const change = await lastChange(db);
    expect(change).toMatchObject({ state: 'abandoned', lookAt: null });
    const [asked] = await db.select().from(incidents);
    expect(asked).toMatchObject({ kind: 'outcome_not_told', changeId: change?.id });
    await set();
    expect(await lastChange(db)).toMatchObject({ state: 'applied' });
  });
});

describe('two at one key', () => {
  testWithCommits('go one after the other; the second sees what the first did', async ({ db }) => {
    const { context, keyId, name, emulator } = await setUp(db);
    const rename = (to: string, who: string) =>
      renameKey(
        { ...context, actor: { kind: 'system', name: who } },
        { keyId, seenName: name, name: to, reason: '' },
      );
    const outcomes = await Promise.allSettled([rename('first', 'Ada'), rename('second', 'Ben')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(['conflict', 'stale']).toContain(lost?.reason.code);
    const [row] = await db.select().from(keys).where(eq(keys.id, keyId));
    expect(await trueKeys(emulator, row?.name ?? '')).toHaveLength(1);
  });

  it('who decided on what is not there any more is told who changed what', async ({ db }) => {
    const { context, keyId, disable } = await setUp(db, 'openrouter', NO_WAIT);
    const asWas = await db.select().from(keys).where(eq(keys.id, keyId));
    await disable(true, { ...context, actor: { kind: 'system', name: 'Ada' } });
    const [connection] = await db.select().from(connections);
    const [key] = asWas;
    if (!key || !connection) throw new Error('nothing to change');
    const second = runChange(context, {
      kind: 'rename_key',
      connection,
      key,
      wish: { name: 'x' },
      before: { name: key.name },
      reason: '',
      send: async () => {
        throw new Error('must not be sent');
      },
      mirror: async () => ({ keyId, after: {} }),
    });
    await expect(second).rejects.toMatchObject({
      code: 'stale',
      message: expect.stringContaining('Ada changed this key'),
      facts: { changedBy: 'Ada', kind: 'disable_key', after: { isDisabled: true } },
    });
  });
});
