import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { keys, notifications, requestEvents, requests, teams } from '@/lib/db/schema';
import { UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { createRequestSchema } from '@/lib/domain/requests/request-wish';
import { as, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertKey } from '@/lib/testing/factories';
import { lastAudit } from '@/lib/testing/people';
import {
  askFor380,
  eventsOf,
  limitWish,
  monthly,
  requestWorld,
  rowOf,
  setRules,
} from '@/lib/testing/request-world';
import { createRequest } from './create-request';
import { getRequest } from './get-request';
import { getRequestForm } from './get-request-form';
import { countWaitingRequests, listRequests } from './list-requests';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

const DAY_MS = 86_400_000;
const open = { show: 'open', kind: null, teamId: null } as const;

describe('asking', () => {
  it('stores the wish and what was shown, audits it, and tells every admin but nobody else', async ({
    db,
  }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    const row = await rowOf(db, requestId);
    expect(row).toMatchObject({ state: 'open', approvalsNeeded: 1, basisNumber: 1, teamId: world.team.id });
    expect(row.lapsesAt.getTime() - row.createdAt.getTime()).toBeCloseTo(14 * DAY_MS, -3);
    expect(await lastAudit(db)).toMatchObject({
      action: 'request.create',
      subjectKind: 'request',
      subjectName: '$380 monthly for search-prod',
      actorId: world.people.priya.id,
    });
    const told = await db.select().from(notifications);
    expect(told.map(({ userId }) => userId).sort()).toEqual(
      [world.people.mara.id, world.people.noor.id].sort(),
    );
    expect(told[0]).toMatchObject({ topic: 'request.asked', href: `/requests/${requestId}` });
  });

  it('is denied to finance, and of another team’s key it knows nothing', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const wish = limitWish(world.keyId, monthly(380));
    await expect(createRequest(world.finance, wish)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createRequest(world.otherLead, wish)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getRequestForm(world.otherLead, { keyId: world.keyId })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await db.$count(requests)).toBe(0);
  });

  it('keeps a request from other teams’ leads, and lets finance read it', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const requestId = await askFor380(world);
    await expect(getRequest(world.otherLead, { requestId })).rejects.toMatchObject({ code: 'not_found' });
    expect(await listRequests(world.otherLead, open)).toEqual([]);
    const read = await getRequest(world.finance, { requestId });
    expect(read.can).toMatchObject({ approve: false, decline: false, withdraw: false });
    expect(read.evidence?.key).toMatchObject({ name: 'search-prod', limit: monthly(300) });
    expect((await listRequests(world.admin, open)).map(({ id, waitsForMe }) => [id, waitsForMe])).toEqual([
      [requestId, true],
    ]);
    expect(await countWaitingRequests(world.admin)).toBe(1);
    expect(await countWaitingRequests(world.lead)).toBe(0);
  });

  it('refuses what is no wish, beside the field', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const { keyId } = world;
    const faults: [Parameters<typeof createRequest>[1], string][] = [
      [limitWish(keyId, monthly(300)), 'wish.change'],
      [limitWish(keyId, monthly(200), new Date(Date.now() + DAY_MS).toISOString()), 'wish.change'],
      [limitWish(keyId, monthly(400), '2099-01-01T00:00:00.000Z'), 'wish.until'],
      [limitWish(keyId, monthly(400), '2020-01-01T00:00:00.000Z'), 'wish.until'],
      [createRequestSchema.parse({ wish: { kind: 'enable_key', keyId }, reason: 'x' }), 'wish.keyId'],
    ];
    for (const [wish, field] of faults) {
      await expect(createRequest(world.lead, wish)).rejects.toMatchObject({
        fieldErrors: { [field]: expect.any(Array) },
      });
    }
    await askFor380(world);
    await expect(createRequest(world.lead, limitWish(keyId, monthly(500)))).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await db.$count(requests)).toBe(1);
  });

  it('asks for a key of nobody’s by its name alone, and shows no evidence of it', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const { connectionId, team } = world;
    const orphan = await insertKey(db, { connectionId, name: 'Old-Crawler' });
    const takeOver = (keyName: string) =>
      createRequestSchema.parse({
        wish: { kind: 'take_over', keyName, teamId: team.id },
        reason: 'We use it',
      });
    for (const name of ['search-prod', 'nothing-like-it']) {
      await expect(createRequest(world.lead, takeOver(name))).rejects.toMatchObject({
        fieldErrors: { 'wish.keyName': ['No key without a team has exactly this name.'] },
      });
    }
    const { requestId } = await createRequest(world.lead, takeOver('old-crawler'));
    expect((await rowOf(db, requestId)).keyId).toBe(orphan.id);
    expect((await getRequest(world.lead, { requestId })).evidence).toBeNull();
    expect((await getRequest(world.admin, { requestId })).evidence?.key?.name).toBe('Old-Crawler');
  });
});

describe('the envelope', () => {
  const rules = { envelope: usd(100), smallRaise: usd(80) };

  it('lets small raises through at once, says so, and stops where it is used up', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    await setRules(db, rules);
    const first = await createRequest(world.lead, limitWish(world.keyId, monthly(380)));
    expect(first.state).toBe('applied');
    expect(await eventsOf(db, first.requestId)).toEqual(['asked', 'approved_by_rule', 'sent', 'applied']);
    const [said] = await db.select().from(requestEvents).where(eq(requestEvents.kind, 'approved_by_rule'));
    expect(said).toMatchObject({ actorId: null, facts: { raise: '80' } });
    expect(said?.words).toContain('adds $80 a month');
    const [key] = await db.select().from(keys).where(eq(keys.id, world.keyId));
    expect(key?.limitAmount).toBe('380');
    const second = await createRequest(world.lead, limitWish(world.keyId, monthly(401)));
    expect(second.state).toBe('open');
    const view = await getRequest(world.lead, { requestId: second.requestId });
    expect(view.needs).toMatchObject({ approvals: 1, reason: 'envelope_used_up', envelopeLeft: '20' });
  });

  it('is each team’s own where it differs, and begins anew each month', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    await setRules(db, rules);
    await db
      .update(teams)
      .set({ requestRules: { envelope: null } })
      .where(eq(teams.id, world.team.id));
    const asked = await createRequest(world.lead, limitWish(world.keyId, monthly(310)));
    expect(asked.state).toBe('open');
    await db.delete(requestEvents);
    await db.delete(requests);
    await db.update(teams).set({ requestRules: null }).where(eq(teams.id, world.team.id));
    await createRequest(world.lead, limitWish(world.keyId, monthly(380)));
    world.moveAhead(32 * DAY_MS);
    const later = await createRequest(world.lead, limitWish(world.keyId, monthly(440)));
    expect(later.state).toBe('applied');
  });

  it('never covers "no limit", nor a team that spent its budget', async ({ db }) => {
    const world = await requestWorld(db, emulator, { monthlyBudget: usd(0) });
    await setRules(db, rules);
    expect((await createRequest(world.lead, limitWish(world.keyId, monthly(310)))).state).toBe('open');
    const unlimited = await createRequest(
      as(world.lead, world.secondAdmin.actor),
      limitWish(world.keyId, UNLIMITED),
    );
    expect(await rowOf(db, unlimited.requestId)).toMatchObject({ state: 'open', approvalsNeeded: 2 });
  });
});
