import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { keys, notifications, requests } from '@/lib/db/schema';
import { usd } from '@/lib/domain/money/usd';
import { type RequestState, requestStates } from '@/lib/domain/requests/request';
import { createRequestSchema, type EditRequestInput } from '@/lib/domain/requests/request-wish';
import { startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { countAudit, lastAudit } from '@/lib/testing/people';
import {
  approve380,
  askFor380,
  eventsOf,
  grantOf,
  monthly,
  type RequestWorld,
  requestWorld,
  rowOf,
  setRules,
} from '@/lib/testing/request-world';
import { refreshRequests } from './advance-requests';
import { approveRequest } from './approve-request';
import { createRequest } from './create-request';
import { askBackRequest } from './decline-request';
import { editRequest } from './edit-request';
import { getRequest } from './get-request';
import { getRequestEdit } from './get-request-edit';
import { commentOnRequest } from './speak-on-request';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

const DAY_MS = 86_400_000;
const SOON = new Date(Date.now() + 5 * DAY_MS).toISOString();
const REASON = 'The launch is on Monday';

function toAmount(
  { keyId }: RequestWorld,
  requestId: string,
  amount: number,
  { until = null, reason = REASON }: { until?: string | null; reason?: string } = {},
): EditRequestInput {
  const change = { by: 'limit', limit: monthly(amount) } as const;
  return { requestId, wish: { kind: 'limit', keyId, change, until }, reason };
}

const approve = (context: RequestWorld['admin'], requestId: string, basisNumber: number, amount: number) =>
  approveRequest(context, { requestId, basisNumber, grant: grantOf(monthly(amount)), words: '' });

describe('changing a wish that waits', () => {
  const who = ['lead', 'otherLead', 'admin', 'secondAdmin', 'finance'] as const;
  const outcomes: Record<(typeof who)[number], Record<RequestState, string>> = {
    lead: {
      open: 'changed',
      asked_back: 'changed',
      approved: 'conflict',
      applied: 'conflict',
      failed: 'conflict',
      declined: 'conflict',
      withdrawn: 'conflict',
      lapsed: 'conflict',
    },
    otherLead: others('not_found'),
    admin: others('not_found'),
    secondAdmin: others('not_found'),
    finance: others('forbidden'),
  };
  function others(code: string): Record<RequestState, string> {
    return {
      ...{ open: code, asked_back: code, approved: code, applied: code },
      ...{ failed: code, declined: code, withdrawn: code, lapsed: code },
    };
  }

  it('is for the one who asked, until it is decided: every person in every state', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    const told: Record<string, Record<string, string>> = {};
    for (const person of who) {
      const ofPerson: Record<string, string> = {};
      for (const state of requestStates) {
        await db
          .update(requests)
          .set({ state, granted: { grant: grantOf(monthly(380)) } })
          .where(eq(requests.id, requestId));
        const before = await rowOf(db, requestId);
        const rows = await countAudit(db);
        const amount = before.basisNumber % 2 === 1 ? 360 : 370;
        ofPerson[state] = await editRequest(world[person], toAmount(world, requestId, amount)).then(
          () => 'changed',
          ({ code }: { code: string }) => code,
        );
        if (ofPerson[state] === 'changed') continue;
        expect(await rowOf(db, requestId), `${person} ${state}`).toEqual(before);
        expect(await countAudit(db)).toBe(rows);
      }
      told[person] = ofPerson;
    }
    expect(told).toEqual(outcomes);
  });

  it('says what was what, asks anew, and tells every approver and whoever took part', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await askBackRequest(world.admin, { requestId, words: 'Would less do?' });
    await commentOnRequest(world.finance, { requestId, words: 'There is room.' });
    const edit = toAmount(world, requestId, 350, { until: SOON, reason: 'Until the launch is over' });
    expect(await editRequest(world.lead, edit)).toEqual({ requestId, state: 'open' });
    expect(await rowOf(db, requestId)).toMatchObject({
      state: 'open',
      basisNumber: 2,
      reason: 'Until the launch is over',
      granted: null,
    });
    const view = await getRequest(world.admin, { requestId });
    expect(view.title).toMatch(/^\$350 monthly until/);
    expect(view.wished).toEqual(grantOf(monthly(350), SOON));
    expect(view.events.at(-1)).toMatchObject({ kind: 'edited', actorName: 'Priya Raman' });
    expect(view.events.at(-1)?.edits).toEqual([
      { label: 'Limit', from: '$380 monthly', to: '$350 monthly' },
      { label: 'Holds', from: 'for good', to: expect.stringMatching(/^until /) },
      { label: 'Reason', from: '“The launch is on Monday”', to: '“Until the launch is over”' },
    ]);
    expect(await lastAudit(db)).toMatchObject({
      action: 'request.edit',
      actorId: world.people.priya.id,
      before: { asked: '$380 monthly for search-prod' },
    });
    const told = await db
      .select()
      .from(notifications)
      .where(eq(notifications.dedupeKey, `request:${requestId}:asked:edited:2`));
    const { mara, noor, fay } = world.people;
    expect(told.map(({ userId }) => userId).sort()).toEqual([mara.id, noor.id, fay.id].sort());
    expect(told[0]?.body).toContain('Limit: $380 monthly, now $350 monthly');
    expect(told[0]?.body).not.toContain('void');
  });

  it('makes the first of two approvals void: both look at it anew, and nothing old is carried out', async ({
    db,
  }) => {
    const world = await requestWorld(db, emulator);
    await setRules(db, { twoAbove: usd(320) });
    const requestId = await askFor380(world);
    expect((await approve380(world.admin, requestId)).state).toBe('open');
    await editRequest(world.lead, toAmount(world, requestId, 340));
    expect(await rowOf(db, requestId)).toMatchObject({ basisNumber: 2, approvalsNeeded: 2, granted: null });
    await expect(approve380(world.secondAdmin, requestId, 1)).rejects.toMatchObject({ code: 'stale' });
    await expect(approve380(world.secondAdmin, requestId, 2)).rejects.toMatchObject({ code: 'invalid' });
    const view = await getRequest(world.admin, { requestId });
    expect(view).toMatchObject({ approvals: 0, can: { approve: true, whyNot: null } });
    expect(view.events.filter(({ isVoid }) => isVoid).map(({ kind }) => kind)).toEqual(['approved']);
    const [told] = await db
      .select()
      .from(notifications)
      .where(
        and(
          eq(notifications.dedupeKey, `request:${requestId}:asked:edited:2`),
          eq(notifications.userId, world.people.mara.id),
        ),
      );
    expect(told?.body).toContain('What was approved so far is void.');
    expect((await approve(world.secondAdmin, requestId, 2, 340)).state).toBe('open');
    expect((await approve(world.admin, requestId, 2, 340)).state).toBe('applied');
    const [key] = await db.select().from(keys).where(eq(keys.id, world.keyId));
    expect(key?.limitAmount).toBe('340');
  });

  it('needs as many people as the new wish does: more, fewer, or none inside the envelope', async ({
    db,
  }) => {
    const world = await requestWorld(db, emulator);
    await setRules(db, { twoAbove: usd(350), envelope: usd(30) });
    const requestId = await askFor380(world);
    expect((await rowOf(db, requestId)).approvalsNeeded).toBe(2);
    await editRequest(world.lead, toAmount(world, requestId, 345));
    expect(await rowOf(db, requestId)).toMatchObject({ state: 'open', approvalsNeeded: 1 });
    await editRequest(world.lead, toAmount(world, requestId, 360));
    expect((await rowOf(db, requestId)).approvalsNeeded).toBe(2);
    expect(await editRequest(world.lead, toAmount(world, requestId, 325))).toEqual({
      requestId,
      state: 'applied',
    });
    expect(await eventsOf(db, requestId)).toEqual([
      ...['asked', 'edited', 'edited', 'edited', 'approved_by_rule', 'sent', 'applied'],
    ]);
  });

  it('changes nothing when the same is said again, and gives the time for deciding anew', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    const before = await rowOf(db, requestId);
    const rows = await countAudit(db);
    await editRequest(world.lead, toAmount(world, requestId, 380));
    expect(await rowOf(db, requestId)).toEqual(before);
    expect(await countAudit(db)).toBe(rows);
    world.moveAhead(13 * DAY_MS);
    await editRequest(world.lead, toAmount(world, requestId, 370));
    world.moveAhead(2 * DAY_MS);
    await refreshRequests(world.system);
    expect((await rowOf(db, requestId)).state).toBe('open');
    world.moveAhead(13 * DAY_MS);
    await expect(editRequest(world.lead, toAmount(world, requestId, 360))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('stays about the same key and kind, and is checked like a new wish', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    const faults: [EditRequestInput['wish'], string][] = [
      [{ kind: 'take_over' }, 'wish.kind'],
      [toAmount({ ...world, keyId: world.keyId + 1 }, requestId, 350).wish, 'wish.kind'],
      [toAmount(world, requestId, 300).wish, 'wish.change'],
      [toAmount(world, requestId, 350, { until: '2020-01-01T00:00:00.000Z' }).wish, 'wish.until'],
    ];
    for (const [wish, field] of faults) {
      await expect(editRequest(world.lead, { requestId, wish, reason: REASON })).rejects.toMatchObject({
        fieldErrors: { [field]: [expect.any(String)] },
      });
    }
    await db.update(keys).set({ teamId: null }).where(eq(keys.id, world.keyId));
    await expect(editRequest(world.lead, toAmount(world, requestId, 350))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await getRequest(world.lead, { requestId })).can.edit).toBe(false);
    expect((await rowOf(db, requestId)).basisNumber).toBe(1);
  });

  it('opens in the form for the one who asked alone, while it waits', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    expect(await getRequestEdit(world.lead, { requestId })).toMatchObject({
      reason: REASON,
      wish: { kind: 'limit', change: { limit: monthly(380) } },
      form: { key: { name: 'search-prod' } },
    });
    await expect(getRequestEdit(world.admin, { requestId })).rejects.toMatchObject({ code: 'not_found' });
    await approve380(world.admin, requestId);
    await expect(getRequestEdit(world.lead, { requestId })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('lets only the reason of taking over be changed', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const asked = createRequestSchema.parse({
      wish: { kind: 'take_over', keyId: world.keyId, teamId: world.team.id },
      reason: 'Mine',
    });
    const { requestId } = await createRequest(world.lead, asked);
    await editRequest(world.lead, { requestId, wish: { kind: 'take_over' }, reason: 'I look after it' });
    const view = await getRequest(world.admin, { requestId });
    expect(view.events.at(-1)?.edits).toEqual([{ label: 'Reason', from: '“Mine”', to: '“I look after it”' }]);
    expect(view.basisNumber).toBe(2);
  });
});
