import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { changes, keys, notifications, users } from '@/lib/db/schema';
import { UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { as, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { actorOf } from '@/lib/testing/context';
import { testWithDatabase as it, testWithCommits } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { countAudit, lastAudit } from '@/lib/testing/people';
import {
  approve380,
  askFor380,
  eventsOf,
  grantOf,
  limitWish,
  monthly,
  requestWorld,
  rowOf,
  setRules,
} from '@/lib/testing/request-world';
import { updateKeyLimit } from '../keys/update-key-limit';
import { refreshRequests } from './advance-requests';
import { approveRequest } from './approve-request';
import { createRequest } from './create-request';
import { askBackRequest, declineRequest } from './decline-request';
import { getRequest } from './get-request';
import { answerRequest, commentOnRequest, withdrawRequest } from './speak-on-request';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

const DAY_MS = 86_400_000;
const SOON = new Date(Date.now() + 5 * DAY_MS).toISOString();

describe('approving', () => {
  it('carries it out through the ledger as the approver, audits it, and tells the requester', async ({
    db,
  }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    expect(await approve380(world.admin, requestId)).toEqual({ requestId, state: 'applied' });
    const row = await rowOf(db, requestId);
    const [change] = await db
      .select()
      .from(changes)
      .where(eq(changes.id, row.changeId ?? ''));
    expect(change).toMatchObject({
      kind: 'set_limit',
      state: 'applied',
      parentId: requestId,
      actorName: 'Mara Lind',
    });
    expect(change?.reason).toBe('The launch is on Monday (asked for by Priya Raman)');
    const [key] = await db.select().from(keys).where(eq(keys.id, world.keyId));
    expect(key?.limitAmount).toBe('380');
    expect(await eventsOf(db, requestId)).toEqual(['asked', 'approved', 'sent', 'applied']);
    expect(await lastAudit(db)).toMatchObject({ action: 'request.apply', outcome: 'applied' });
    const told = await db.select().from(notifications).where(eq(notifications.userId, world.people.priya.id));
    expect(told.map(({ topic }) => topic).sort()).toEqual(['request.applied', 'request.approved']);
  });

  it('is nobody’s own, whatever their role, and only an admin’s', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    for (const denied of [world.lead, world.otherLead, world.finance]) {
      await expect(approve380(denied, requestId)).rejects.toMatchObject({ code: 'forbidden' });
    }
    const own = await createRequest(world.admin, limitWish(world.keyId, monthly(380)));
    await expect(approve380(world.admin, own.requestId)).rejects.toMatchObject({ code: 'forbidden' });
    const words = { requestId: own.requestId, words: 'no' };
    await expect(declineRequest(world.admin, words)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await rowOf(db, own.requestId)).state).toBe('open');
  });

  it('gives a smaller amount and a shorter time, and never more', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    const approve = (grant: Parameters<typeof approveRequest>[1]['grant']) =>
      approveRequest(world.admin, { requestId, basisNumber: 1, grant, words: 'For now' });
    for (const more of [grantOf(monthly('380.01')), grantOf(UNLIMITED), grantOf(monthly(200))]) {
      await expect(approve(more)).rejects.toMatchObject({ fieldErrors: { grant: expect.any(Array) } });
    }
    await expect(approve(grantOf(monthly(350), '2020-01-01T00:00:00.000Z'))).rejects.toMatchObject({
      code: 'invalid',
    });
    expect((await approve(grantOf(monthly(350), SOON))).state).toBe('applied');
    const view = await getRequest(world.lead, { requestId });
    expect(view.proposed).toEqual(grantOf(monthly(350), SOON));
    const [key] = await db.select().from(keys).where(eq(keys.id, world.keyId));
    expect(key?.limitAmount).toBe('350');
  });

  it('needs two people above the amount, the same one never counts twice', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    await setRules(db, { twoAbove: usd(350) });
    const requestId = await askFor380(world);
    expect((await rowOf(db, requestId)).approvalsNeeded).toBe(2);
    expect((await approve380(world.admin, requestId)).state).toBe('open');
    const before = await countAudit(db);
    expect((await approve380(world.admin, requestId)).state).toBe('open');
    expect(await countAudit(db)).toBe(before);
    const half = await getRequest(world.admin, { requestId });
    expect(half).toMatchObject({ approvals: 1, approvalsNeeded: 2, otherApprovers: 1 });
    expect(half.can).toMatchObject({ approve: false, whyNot: 'already' });
    await db.update(users).set({ role: 'finance' }).where(eq(users.id, world.people.mara.id));
    expect((await approve380(world.secondAdmin, requestId)).state).toBe('open');
    await db.update(users).set({ role: 'admin' }).where(eq(users.id, world.people.mara.id));
    const third = as(world.system, actorOf(await insertUser(db)));
    expect((await approve380(third, requestId)).state).toBe('applied');
  });

  it('an approval is for its amount: less needs one again, and the first one’s yes to more does not count', async ({
    db,
  }) => {
    const world = await requestWorld(db, emulator);
    await setRules(db, { twoAbove: usd(350) });
    const requestId = await askFor380(world);
    await approve380(world.admin, requestId);
    const less = { requestId, basisNumber: 1, grant: grantOf(monthly(360)), words: '' };
    expect((await approveRequest(world.secondAdmin, less)).state).toBe('open');
    const view = await getRequest(world.lead, { requestId });
    expect(view).toMatchObject({ approvals: 1, proposed: grantOf(monthly(360)) });
    expect(view.events.filter(({ isVoid }) => isVoid)).toHaveLength(1);
    expect((await approveRequest(world.admin, less)).state).toBe('applied');
  });
});

describe('deciding twice', () => {
  it('changes nothing', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await approve380(world.admin, requestId);
    const [audits, writes] = [await countAudit(db), await db.$count(changes)];
    expect((await approve380(world.admin, requestId)).state).toBe('applied');
    expect((await approve380(world.secondAdmin, requestId)).state).toBe('applied');
    const words = { requestId, words: 'Too late' };
    await expect(declineRequest(world.secondAdmin, words)).rejects.toMatchObject({ code: 'conflict' });
    await expect(withdrawRequest(world.lead, words)).rejects.toMatchObject({ code: 'conflict' });
    expect([await countAudit(db), await db.$count(changes)]).toEqual([audits, writes]);
  });

  testWithCommits('at the same moment carries it out once', async ({ db }) => {
    const world = await requestWorld(db, emulator, { keyName: 'raced' });
    const requestId = await askFor380(world);
    const answers = await Promise.allSettled([
      approve380(world.admin, requestId),
      approve380(world.secondAdmin, requestId),
      declineRequest(world.secondAdmin, { requestId, words: 'No' }),
    ]);
    const kinds = await eventsOf(db, requestId);
    expect(kinds.filter((kind) => kind === 'approved' || kind === 'declined')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'sent').length).toBeLessThanOrEqual(1);
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
  });
});

describe('what was shown', () => {
  const moveLimit = (world: Awaited<ReturnType<typeof requestWorld>>) =>
    updateKeyLimit(world.system, {
      keyId: world.keyId,
      seen: { limit: monthly(300), includeByokInLimit: null },
      limit: monthly(320),
      reason: '',
    });

  it('asks again when the limit changed since: nothing is approved, earlier approvals are void', async ({
    db,
  }) => {
    const world = await requestWorld(db, emulator);
    await setRules(db, { twoAbove: usd(350) });
    const requestId = await askFor380(world);
    await approve380(world.admin, requestId);
    await moveLimit(world);
    await expect(approve380(world.secondAdmin, requestId)).rejects.toMatchObject({ code: 'stale' });
    const row = await rowOf(db, requestId);
    expect(row).toMatchObject({ state: 'open', basisNumber: 2, granted: null });
    expect(await eventsOf(db, requestId)).toEqual(['asked', 'approved', 'basis_changed']);
    const view = await getRequest(world.admin, { requestId });
    expect(view.events.map(({ isVoid }) => isVoid)).toEqual([false, true, false]);
    expect(view.events[2]?.changed).toEqual(['limit']);
    expect(view).toMatchObject({ approvals: 0, can: { approve: true } });
    await approve380(world.admin, requestId, 2);
    expect((await approve380(world.secondAdmin, requestId, 2)).state).toBe('applied');
  });

  it('asks again when the rules or the key changed, without anybody looking', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await setRules(db, { twoAbove: usd(350) });
    await refreshRequests(world.system);
    expect(await rowOf(db, requestId)).toMatchObject({ basisNumber: 2, approvalsNeeded: 2 });
    await refreshRequests(world.system);
    expect((await rowOf(db, requestId)).basisNumber).toBe(2);
    await db.update(keys).set({ isDisabled: true }).where(eq(keys.id, world.keyId));
    await refreshRequests(world.system);
    expect((await rowOf(db, requestId)).basisNumber).toBe(3);
    await expect(approve380(world.admin, requestId)).rejects.toMatchObject({ code: 'stale' });
    expect(await eventsOf(db, requestId)).not.toContain('approved');
  });

  it('cannot be fulfilled once the key is gone, only declined', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await db.update(keys).set({ goneAt: new Date() }).where(eq(keys.id, world.keyId));
    await refreshRequests(world.system);
    await expect(approve380(world.admin, requestId, 2)).rejects.toMatchObject({ code: 'conflict' });
    const declined = await declineRequest(world.admin, { requestId, words: 'The key is gone' });
    expect(declined.state).toBe('declined');
  });
});

describe('talking about it', () => {
  it('asks back, is answered by the requester alone, and can be approved then', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    const words = { requestId, words: 'Until when?' };
    await expect(askBackRequest(world.lead, words)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await askBackRequest(world.admin, words)).state).toBe('asked_back');
    await expect(answerRequest(world.otherLead, words)).rejects.toMatchObject({ code: 'not_found' });
    expect((await answerRequest(world.lead, { requestId, words: 'For good' })).state).toBe('open');
    await expect(answerRequest(world.lead, words)).rejects.toMatchObject({ code: 'conflict' });
    await expect(commentOnRequest(world.otherLead, words)).rejects.toMatchObject({ code: 'not_found' });
    await commentOnRequest(world.finance, { requestId, words: 'The budget holds' });
    expect((await approve380(world.admin, requestId)).state).toBe('applied');
    expect(await lastAudit(db)).toMatchObject({ action: 'request.apply' });
    expect((await eventsOf(db, requestId)).slice(0, 4)).toEqual([
      'asked',
      'asked_back',
      'answered',
      'commented',
    ]);
  });

  it('is declined with a reason, or withdrawn by the requester alone, and nothing is sent', async ({
    db,
  }) => {
    const world = await requestWorld(db, emulator);
    const declined = await askFor380(world);
    await declineRequest(world.admin, { requestId: declined, words: 'Not this month' });
    await declineRequest(world.admin, { requestId: declined, words: 'Not this month' });
    expect(await eventsOf(db, declined)).toEqual(['asked', 'declined']);
    await expect(approve380(world.admin, declined)).rejects.toMatchObject({ code: 'conflict' });
    const withdrawn = await askFor380(world);
    const words = { requestId: withdrawn, words: '' };
    await expect(withdrawRequest(world.otherLead, words)).rejects.toMatchObject({ code: 'not_found' });
    await expect(withdrawRequest(world.admin, words)).rejects.toMatchObject({ code: 'not_found' });
    expect((await withdrawRequest(world.lead, words)).state).toBe('withdrawn');
    await expect(approve380(world.admin, withdrawn)).rejects.toMatchObject({ code: 'conflict' });
    expect(await db.$count(changes, eq(changes.kind, 'set_limit'))).toBe(0);
  });

  it('lapses after its time, once, and then nobody approves it', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    world.moveAhead(14 * DAY_MS - 60_000);
    await refreshRequests(world.system);
    expect((await rowOf(db, requestId)).state).toBe('open');
    world.moveAhead(120_000);
    await expect(approve380(world.admin, requestId)).rejects.toMatchObject({ code: 'conflict' });
    await refreshRequests(world.system);
    await refreshRequests(world.system);
    expect(await eventsOf(db, requestId)).toEqual(['asked', 'lapsed']);
    await expect(approve380(world.admin, requestId)).rejects.toMatchObject({ code: 'conflict' });
  });
});
