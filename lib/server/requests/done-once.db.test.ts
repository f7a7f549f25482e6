import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { changes, raises, requestEvents, requests } from '@/lib/db/schema';
import { createRequestSchema } from '@/lib/domain/requests/request-wish';
import { injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { secretsAt } from '@/lib/testing/hand-over';
import {
  approve380,
  askFor380,
  eventsOf,
  grantOf,
  limitWish,
  monthly,
  requestWorld,
  rowOf,
} from '@/lib/testing/request-world';
import { NO_WAIT, routesOf } from '@/lib/testing/settling';
import { settleOpenChanges } from '../changes/settle-open-changes';
import { carryOutRequests } from './advance-requests';
import { approveRequest } from './approve-request';
import { carryOutRequest } from './carry-out-request';
import { createRequest } from './create-request';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

const HOUR_MS = 3_600_000;

describe('what was approved is done once', () => {
  it('when the clock is set back between the sending and its plan', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await approve380(world.admin, requestId);
    const isSent = and(eq(requestEvents.requestId, requestId), eq(requestEvents.kind, 'sent'));
    await db
      .update(requestEvents)
      .set({ at: new Date(Date.now() + HOUR_MS) })
      .where(isSent);
    // As a process that died before it could say so left it.
    const left = { state: 'approved' as const, changeId: null, settledAt: null, workedUntil: null };
    await db.update(requests).set(left).where(eq(requests.id, requestId));
    await carryOutRequests(world.system);
    expect((await rowOf(db, requestId)).state).toBe('applied');
    expect(await db.$count(changes, eq(changes.parentId, requestId))).toBe(1);
  });

  it('when its lease ends under a process that lives, and another takes it up', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const wish = {
      kind: 'new_key',
      connectionId: world.connectionId,
      name: 'only-once',
      limit: monthly(25),
      teamId: world.team.id,
    };
    const asked = createRequestSchema.parse({ wish, reason: 'New bot' });
    const { requestId } = await createRequest(world.lead, asked);
    const { providers } = world.admin;
    let isFirst = true;
    const open: typeof providers.open = async (connection) => {
      if (isFirst) {
        isFirst = false;
        await carryOutRequest(world.system, requestId);
      }
      return providers.open(connection);
    };
    const raced = { ...world.admin, providers: { ...providers, open } };
    const grant = { kind: 'new_key', limit: monthly(25) } as const;
    const approved = await approveRequest(raced, { requestId, basisNumber: 1, grant, words: '' });
    expect(approved.state).toBe('applied');
    expect(await secretsAt(emulator, 'only-once')).toHaveLength(1);
    expect((await eventsOf(db, requestId)).filter((kind) => kind === 'applied')).toHaveLength(1);
  });

  it('when it was told as failed and landed late: it is in effect, and says so', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await injectFault(emulator, { route: routesOf.openrouter.limit, times: 1, status: 403 });
    expect((await approve380(world.admin, requestId)).state).toBe('failed');
    await carryOutRequests(world.system);
    expect((await rowOf(db, requestId)).state).toBe('failed');
    const late = { state: 'settled_applied' as const, settlement: 'A later look found that it did.' };
    await db.update(changes).set(late).where(eq(changes.parentId, requestId));
    await carryOutRequests(world.system);
    expect(await rowOf(db, requestId)).toMatchObject({ state: 'applied', failure: null });
  });
});

describe('a limit for good while a raise holds', () => {
  async function raised(world: Awaited<ReturnType<typeof requestWorld>>) {
    const until = new Date(Date.now() + 5 * 24 * HOUR_MS).toISOString();
    const { requestId } = await createRequest(world.lead, limitWish(world.keyId, monthly(380), until));
    const input = { requestId, basisNumber: 1, grant: grantOf(monthly(380), until), words: '' };
    await approveRequest(world.admin, input);
    return requestId;
  }

  it('is stored below it together with the end of its request', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const first = await raised(world);
    const { requestId } = await createRequest(world.lead, limitWish(world.keyId, monthly(320)));
    await approveRequest(world.admin, { requestId, basisNumber: 1, grant: grantOf(monthly(320)), words: '' });
    // Whoever takes it up again finds it done, and does not find its own base changed by someone else.
    await carryOutRequest(world.system, requestId);
    expect(await eventsOf(db, requestId)).toEqual(['asked', 'approved', 'sent', 'applied']);
    const [raise] = await db.select().from(raises).where(eq(raises.requestId, first));
    expect(raise).toMatchObject({ state: 'active', baseLimit: monthly(320) });
  });

  it('above it, whose answer is lost, becomes its base once it is found', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const first = await raised(world);
    const { requestId } = await createRequest(world.lead, limitWish(world.keyId, monthly(500)));
    await injectFault(emulator, { route: routesOf.openrouter.limit, times: 1, drop: 'after' });
    const hurried = { ...world.admin, settling: NO_WAIT };
    const input = { requestId, basisNumber: 1, grant: grantOf(monthly(500)), words: '' };
    expect((await approveRequest(hurried, input)).state).toBe('approved');
    world.moveAhead(60_000);
    await settleOpenChanges(world.system);
    await carryOutRequests(world.system);
    expect((await rowOf(db, requestId)).state).toBe('applied');
    const [raise] = await db.select().from(raises).where(eq(raises.requestId, first));
    expect(raise).toMatchObject({ baseLimit: monthly(500) });
  });
});
