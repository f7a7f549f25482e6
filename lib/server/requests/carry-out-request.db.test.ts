import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { changes, keys, raises, requests } from '@/lib/db/schema';
import { createRequestSchema } from '@/lib/domain/requests/request-wish';
import { changeOutside, injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { disguisesOf, textOfEveryTable } from '@/lib/testing/every-table';
import { secretsAt } from '@/lib/testing/hand-over';
import {
  approve380,
  askFor380,
  eventsOf,
  grantOf,
  limitWish,
  monthly,
  type RequestWorld,
  requestWorld,
  rowOf,
} from '@/lib/testing/request-world';
import { clearFaults, NO_WAIT, routesOf } from '@/lib/testing/settling';
import { settleOpenChanges } from '../changes/settle-open-changes';
import { setKeyDisabled } from '../keys/set-key-disabled';
import { carryOutRequests } from './advance-requests';
import { approveRequest } from './approve-request';
import { carryLeaseEnd } from './carry-lease';
import { collectRequestSecret, confirmRequestSecret } from './collect-request-secret';
import { createRequest } from './create-request';
import { getRequest } from './get-request';
import { retryRequest } from './retry-request';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

const { limit: LIMIT, create: CREATE, one: ONE } = routesOf.openrouter;
const LONG_MS = 3_600_000;

async function limitNow(world: RequestWorld): Promise<string | null> {
  const [key] = await world.system.db.select().from(keys).where(eq(keys.id, world.keyId));
  return key?.limitAmount ?? null;
}

describe('a provider that does not do what was approved', () => {
  it('refuses: it stays on the request, and an admin tries again', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await injectFault(emulator, { route: LIMIT, times: 1, status: 403 });
    expect((await approve380(world.admin, requestId)).state).toBe('failed');
    const view = await getRequest(world.lead, { requestId });
    expect(view.failure).toContain('refused');
    expect(view).toMatchObject({ can: { retry: false }, change: { phase: 'refused' } });
    await expect(retryRequest(world.lead, { requestId })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await retryRequest(world.secondAdmin, { requestId })).state).toBe('applied');
    expect(await limitNow(world)).toBe('380');
    await expect(retryRequest(world.admin, { requestId })).rejects.toMatchObject({ code: 'conflict' });
    expect(await eventsOf(db, requestId)).toEqual([
      ...['asked', 'approved', 'sent', 'refused', 'retried', 'sent', 'applied'],
    ]);
  });

  it('is away: it is tried again by itself, at last by hand, and never sent twice at once', async ({
    db,
  }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await injectFault(emulator, { route: ONE, times: 100, status: 503 });
    expect((await approve380(world.admin, requestId)).state).toBe('approved');
    const waiting = await getRequest(world.lead, { requestId });
    expect(waiting.failure).not.toBeNull();
    expect(waiting.triedAgainAt).not.toBeNull();
    await carryOutRequests(world.system);
    expect((await eventsOf(db, requestId)).filter((kind) => kind === 'sent')).toHaveLength(1);
    for (let tries = 0; tries < 8; tries += 1) {
      world.moveAhead(LONG_MS);
      await carryOutRequests(world.system);
    }
    expect((await rowOf(db, requestId)).state).toBe('failed');
    expect((await eventsOf(db, requestId)).filter((kind) => kind === 'sent')).toHaveLength(6);
    await clearFaults(emulator);
    expect((await retryRequest(world.admin, { requestId })).state).toBe('applied');
  });

  it('comes back by itself once it answers', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await injectFault(emulator, { route: ONE, times: 100, status: 503 });
    await approve380(world.admin, requestId);
    await clearFaults(emulator);
    world.moveAhead(20_000);
    await carryOutRequests(world.system);
    expect((await rowOf(db, requestId)).state).toBe('applied');
    expect(await limitNow(world)).toBe('380');
  });

  it.for([
    ['before', 'not in effect, so it is sent once more'],
    ['after', 'in effect'],
  ] as const)('loses the answer (%s it acted): unknown until settled, then %s', async ([drop], { db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await injectFault(emulator, { route: LIMIT, times: 1, drop });
    const hurried = { ...world.admin, settling: NO_WAIT };
    expect((await approve380(hurried, requestId)).state).toBe('approved');
    const view = await getRequest(world.lead, { requestId });
    expect(view.change?.phase).toBe('checking');
    expect(await eventsOf(db, requestId)).toEqual(['asked', 'approved', 'sent', 'unknown']);
    await expect(retryRequest(world.admin, { requestId })).rejects.toMatchObject({ code: 'conflict' });
    for (let round = 0; round < 3; round += 1) {
      world.moveAhead(60_000);
      await settleOpenChanges(world.system);
      await carryOutRequests(world.system);
    }
    expect((await rowOf(db, requestId)).state).toBe('applied');
    expect(await limitNow(world)).toBe('380');
    expect(await db.$count(changes, eq(changes.parentId, requestId))).toBe(drop === 'before' ? 2 : 1);
  });

  it('holds another limit than was shown: it asks again, with what is there', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    const [key] = await db.select().from(keys).where(eq(keys.id, world.keyId));
    await changeOutside(emulator, { op: 'update', key: key?.externalId, limit: 77 });
    expect((await approve380(world.admin, requestId)).state).toBe('open');
    expect(await eventsOf(db, requestId)).toEqual(['asked', 'approved', 'sent', 'basis_changed']);
    const row = await rowOf(db, requestId);
    expect(row).toMatchObject({ basisNumber: 2, granted: null, basis: { key: { limit: monthly(77) } } });
    expect((await approve380(world.secondAdmin, requestId, 2)).state).toBe('applied');
    expect(await limitNow(world)).toBe('380');
  });

  it('holds another limit than was shown while a clock is set back: it asks again all the same', async ({
    db,
  }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    const isKey = eq(keys.id, world.keyId);
    await db
      .update(keys)
      .set({ writtenAt: new Date(Date.now() + 3_600_000) })
      .where(isKey);
    const [key] = await db.select().from(keys).where(isKey);
    await changeOutside(emulator, { op: 'update', key: key?.externalId, limit: 77 });
    expect((await approve380(world.admin, requestId)).state).toBe('open');
    expect(await eventsOf(db, requestId)).toEqual(['asked', 'approved', 'sent', 'basis_changed']);
    expect(await rowOf(db, requestId)).toMatchObject({ basis: { key: { limit: monthly(77) } } });
  });
});

describe('a process that dies', () => {
  async function approveAndDie(world: RequestWorld, requestId: string): Promise<void> {
    const dying = { ...world.admin, providers: { ...world.admin.providers } };
    dying.providers.open = async () => {
      throw new Error('killed');
    };
    await approve380(dying, requestId);
    // As the kill left it: approved, its lease held by a process that is gone, nothing said of the try.
    await world.system.db
      .update(requests)
      .set({ workedUntil: carryLeaseEnd(world.system), failure: null })
      .where(eq(requests.id, requestId));
  }

  it('between approving and sending: another takes it up after the lease', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await approveAndDie(world, requestId);
    await carryOutRequests(world.system);
    expect((await rowOf(db, requestId)).state).toBe('approved');
    world.moveAhead(181_000);
    await carryOutRequests(world.system);
    expect((await rowOf(db, requestId)).state).toBe('applied');
    expect(await limitNow(world)).toBe('380');
    const [change] = await db.select().from(changes).where(eq(changes.parentId, requestId));
    expect(change?.actorName).toBe('Mara Lind');
  });

  it('after its write was applied: the request follows, and nothing is sent again', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await approve380(world.admin, requestId);
    await db
      .update(requests)
      .set({ state: 'approved', changeId: null, settledAt: null, workedUntil: null })
      .where(eq(requests.id, requestId));
    await carryOutRequests(world.system);
    expect((await rowOf(db, requestId)).state).toBe('applied');
    expect(await db.$count(changes, eq(changes.parentId, requestId))).toBe(1);
  });
});

describe('the other kinds', () => {
  it('a raise until a date goes over the base, tied to its request', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const { requestId } = await createRequest(world.lead, limitWish(world.keyId, monthly(380), until));
    const grant = grantOf(monthly(380), until);
    const approved = await approveRequest(world.admin, { requestId, basisNumber: 1, grant, words: '' });
    expect(approved.state).toBe('applied');
    const [raise] = await db.select().from(raises).where(eq(raises.requestId, requestId));
    expect(raise).toMatchObject({ state: 'active', baseLimit: monthly(300), raisedLimit: monthly(380) });
    const forGood = await createRequest(world.lead, limitWish(world.keyId, monthly(320)));
    const more = { requestId: forGood.requestId, basisNumber: 1, grant: grantOf(monthly(320)), words: '' };
    expect((await getRequest(world.admin, more)).needs).toMatchObject({ raise: '20' });
    expect((await approveRequest(world.admin, more)).state).toBe('applied');
    const [after] = await db.select().from(raises).where(eq(raises.requestId, requestId));
    expect(after).toMatchObject({ baseLimit: monthly(320), raisedLimit: monthly(380) });
    expect(await limitNow(world)).toBe('380');
  });

  it('enables a key', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    await setKeyDisabled(world.system, { keyId: world.keyId, isDisabled: true, reason: '' });
    const wish = { kind: 'enable_key', keyId: world.keyId };
    const asked = createRequestSchema.parse({ wish, reason: 'Fixed the loop' });
    const { requestId } = await createRequest(world.lead, asked);
    const grant = { kind: 'enable_key' } as const;
    expect((await approveRequest(world.admin, { requestId, basisNumber: 1, grant, words: '' })).state).toBe(
      'applied',
    );
    const [key] = await db.select().from(keys).where(eq(keys.id, world.keyId));
    expect(key?.isDisabled).toBe(false);
  });

  it('takes a key over: its team and owner change with the request', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const wish = { kind: 'take_over', keyId: world.keyId, teamId: world.team.id };
    const asked = createRequestSchema.parse({ wish, reason: 'Leo left' });
    const { requestId } = await createRequest(world.lead, asked);
    const grant = { kind: 'take_over' } as const;
    expect((await approveRequest(world.admin, { requestId, basisNumber: 1, grant, words: '' })).state).toBe(
      'applied',
    );
    const [key] = await db.select().from(keys).where(eq(keys.id, world.keyId));
    expect(key).toMatchObject({ ownerId: world.people.priya.id, teamId: world.team.id });
  });

  it('a new key’s secret goes to the requester alone, once, and stands nowhere', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const wish = {
      kind: 'new_key',
      connectionId: world.connectionId,
      name: 'asked-for',
      limit: monthly(25),
      teamId: world.team.id,
    };
    const { requestId } = await createRequest(
      world.lead,
      createRequestSchema.parse({ wish, reason: 'New bot' }),
    );
    await injectFault(emulator, { route: CREATE, times: 1, status: 400 });
    const approval = {
      requestId,
      basisNumber: 1,
      grant: { kind: 'new_key', limit: monthly(20) },
      words: '',
    } as const;
    expect((await approveRequest(world.admin, approval)).state).toBe('failed');
    expect((await retryRequest(world.admin, { requestId })).state).toBe('applied');
    const row = await rowOf(db, requestId);
    const [key] = await db
      .select()
      .from(keys)
      .where(eq(keys.id, row.keyId ?? 0));
    expect(key).toMatchObject({ name: 'asked-for', limitAmount: '20', ownerId: world.people.priya.id });
    const [secret] = await secretsAt(emulator, 'asked-for');
    if (!secret) throw new Error('the emulator made no key');
    const dump = await textOfEveryTable(db);
    expect(disguisesOf(secret).filter((text) => dump.includes(text))).toEqual([]);
    const collect = (context: RequestWorld['lead']) =>
      collectRequestSecret(context, { requestId, address: null });
    await expect(collect(world.admin)).rejects.toMatchObject({ code: 'not_found' });
    await expect(collect(world.otherLead)).rejects.toMatchObject({ code: 'not_found' });
    expect((await getRequest(world.admin, { requestId })).secret).toBeNull();
    expect((await getRequest(world.lead, { requestId })).secret?.state).toBe('waiting');
    expect(await collect(world.lead)).toEqual({ keyName: 'asked-for', secret });
    await expect(collect(world.lead)).rejects.toMatchObject({ code: 'conflict' });
    await expect(confirmRequestSecret(world.admin, { requestId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await confirmRequestSecret(world.lead, { requestId });
    const [made] = await db
      .select()
      .from(changes)
      .where(eq(changes.id, row.changeId ?? ''));
    expect(made).toMatchObject({ kind: 'create_key', state: 'applied', lookAt: null });
  });
});
