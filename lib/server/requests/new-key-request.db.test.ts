import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { changes, containers, keys, requestEvents, requests } from '@/lib/db/schema';
import { createRequestSchema } from '@/lib/domain/requests/request-wish';
import { connectVendor, injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertContainer } from '@/lib/testing/factories';
import { monthly, type RequestWorld, requestWorld, rowOf } from '@/lib/testing/request-world';
import { clearFaults } from '@/lib/testing/settling';
import { readKeys } from '../reads/read-keys';
import { refreshRequests } from './advance-requests';
import { approveRequest } from './approve-request';
import { carryOutRequest } from './carry-out-request';
import { createRequest } from './create-request';
import { editRequest } from './edit-request';
import { getRequest } from './get-request';
import { getRequestForm } from './get-request-form';

let openrouter: TestEmulator;
let requesty: TestEmulator;
beforeAll(async () => {
  [openrouter, requesty] = await Promise.all([startVendor('openrouter'), startVendor('requesty')]);
});
afterEach(() => Promise.all([clearFaults(openrouter), clearFaults(requesty)]));
afterAll(() => Promise.all([openrouter.close(), requesty.close()]));

const DAY_MS = 86_400_000;
const LATER = `${new Date(Date.now() + 90 * DAY_MS).toISOString().slice(0, 10)}T23:59:59.000Z`;
const permissions = { manage: 'none', completions: 'read' } as const;

function wishOf({ connectionId, team }: RequestWorld, values: Record<string, unknown> = {}) {
  const wish = { kind: 'new_key', connectionId, name: 'triage', limit: monthly(25), teamId: team.id };
  return createRequestSchema.parse({ wish: { ...wish, ...values }, reason: 'A bot' });
}

const approve = (world: RequestWorld, requestId: string, basisNumber = 1) =>
  approveRequest(world.admin, {
    requestId,
    basisNumber,
    grant: { kind: 'new_key', limit: monthly(25) },
    words: '',
  });

async function anyContainer(world: RequestWorld): Promise<{ id: number; name: string }> {
  await readKeys(world.system, { connectionId: world.connectionId });
  const form = await getRequestForm(world.lead, { keyId: null });
  const container = form.connections.find(({ id }) => id === world.connectionId)?.containers.at(-1);
  if (!container) throw new Error('the account has no workspace or group');
  return container;
}

describe('a request for a new key', () => {
  it('names group, permissions and expiry at Requesty; the approver sees them, and the provider gets them', async ({
    db,
  }) => {
    const world = await requestWorld(db, requesty, { vendor: 'requesty' });
    const group = await anyContainer(world);
    const asked = wishOf(world, { containerId: group.id, permissions, expiresAt: LATER });
    const { requestId } = await createRequest(world.lead, asked);
    const view = await getRequest(world.admin, { requestId });
    expect(view.newKey.map(({ label }) => label)).toEqual(['Group', 'It may', 'Expires']);
    expect(view.newKey[0]?.value).toBe(group.name);
    expect(view.newKey[1]?.value).toBe('completions: read; manage the account: none');
    expect((await approve(world, requestId)).state).toBe('applied');
    const row = await rowOf(db, requestId);
    const [made] = await db
      .select()
      .from(keys)
      .where(eq(keys.id, row.keyId ?? 0));
    expect(made).toMatchObject({ containerId: group.id, permissions, expiresAt: new Date(LATER) });
    const [expiry] = await db
      .select()
      .from(changes)
      .where(and(eq(changes.parentId, requestId), eq(changes.kind, 'set_expiry')));
    expect(expiry).toMatchObject({ state: 'applied', wish: { expiresAt: LATER } });
  });

  it('names workspace, expiry and own provider keys at OpenRouter', async ({ db }) => {
    const world = await requestWorld(db, openrouter);
    const workspace = await anyContainer(world);
    const values = { containerId: workspace.id, expiresAt: LATER, includeByokInLimit: true };
    const { requestId } = await createRequest(world.lead, wishOf(world, values));
    const view = await getRequest(world.admin, { requestId });
    expect(view.newKey.map(({ label }) => label)).toEqual(['Workspace', 'Expires', 'Own provider keys']);
    expect((await approve(world, requestId)).state).toBe('applied');
    const row = await rowOf(db, requestId);
    const [made] = await db
      .select()
      .from(keys)
      .where(eq(keys.id, row.keyId ?? 0));
    expect(made).toMatchObject({
      containerId: workspace.id,
      includeByokInLimit: true,
      expiresAt: new Date(LATER),
    });
  });

  it('is refused beside the field for what its connection does not have, before anybody sees it', async ({
    db,
  }) => {
    const world = await requestWorld(db, openrouter);
    const { connectionId } = await connectVendor(db, 'requesty', requesty);
    const other = { ...world, connectionId };
    const foreign = await insertContainer(db, { connectionId });
    const faults: [RequestWorld, Record<string, unknown>, string][] = [
      [world, { permissions }, 'wish.permissions'],
      [world, { containerId: foreign.id }, 'wish.containerId'],
      [world, { expiresAt: '2020-01-01T00:00:00.000Z' }, 'wish.expiresAt'],
      [other, { includeByokInLimit: true }, 'wish.includeByokInLimit'],
      [other, { limit: { kind: 'blocked' } }, 'wish.limit'],
    ];
    for (const [at, values, field] of faults) {
      await expect(createRequest(at.lead, wishOf(at, values))).rejects.toMatchObject({
        fieldErrors: { [field]: [expect.any(String)] },
      });
    }
    expect(await db.$count(requests)).toBe(0);
  });

  it('asks again when its group is renamed, cannot be approved once it is gone, and is mended by a change', async ({
    db,
  }) => {
    const world = await requestWorld(db, requesty, { vendor: 'requesty' });
    const { connectionId } = world;
    const box = await insertContainer(db, { connectionId, name: 'Interns' });
    const asked = wishOf(world, { containerId: box.id });
    const { requestId } = await createRequest(world.lead, asked);
    await db.update(containers).set({ name: 'Trainees' }).where(eq(containers.id, box.id));
    await expect(approve(world, requestId)).rejects.toMatchObject({
      code: 'stale',
      message: expect.stringContaining('the workspace or group'),
    });
    await db.update(containers).set({ goneAt: new Date() }).where(eq(containers.id, box.id));
    await refreshRequests(world.system);
    await expect(approve(world, requestId, 3)).rejects.toMatchObject({ code: 'conflict' });
    expect((await getRequest(world.admin, { requestId })).wished).toBeNull();
    if (asked.wish.kind !== 'new_key') throw new Error('a new key is asked for');
    const wish = { ...asked.wish, containerId: null, name: 'triage-2' };
    await editRequest(world.lead, { requestId, wish, reason: asked.reason });
    const { events } = await getRequest(world.admin, { requestId });
    expect(events.at(-1)?.edits.map(({ label, to }) => [label, to])).toEqual([
      ['Name', 'triage-2'],
      ['Group', 'No group: a personal key'],
    ]);
    expect((await approve(world, requestId, 4)).state).toBe('applied');
  });

  it('says on the request when the expiry that is set afterwards did not take effect', async ({ db }) => {
    const world = await requestWorld(db, requesty, { vendor: 'requesty' });
    const { requestId } = await createRequest(world.lead, wishOf(world, { expiresAt: LATER }));
    await injectFault(requesty, { route: 'POST /v1/manage/apikey/*/expiry', times: 5, status: 403 });
    expect((await approve(world, requestId)).state).toBe('applied');
    const view = await getRequest(world.lead, { requestId });
    expect(view.failure).toMatch(/^Expiry: /);
    expect(view.events.at(-1)).toMatchObject({ kind: 'applied', words: view.failure });
  });

  it('sets the expiry once more where a process died between the key and its expiry', async ({ db }) => {
    const world = await requestWorld(db, requesty, { vendor: 'requesty' });
    const { requestId } = await createRequest(world.lead, wishOf(world, { expiresAt: LATER }));
    await approve(world, requestId);
    const done = await rowOf(db, requestId);
    // As a process leaves it that died when the key was there and nothing else was written.
    await db.delete(changes).where(and(eq(changes.parentId, requestId), eq(changes.kind, 'set_expiry')));
    await db
      .delete(requestEvents)
      .where(and(eq(requestEvents.requestId, requestId), eq(requestEvents.kind, 'applied')));
    await db
      .update(keys)
      .set({ expiresAt: null })
      .where(eq(keys.id, done.keyId ?? 0));
    await db.update(requests).set({ state: 'approved', settledAt: null }).where(eq(requests.id, requestId));
    await carryOutRequest(world.system, requestId);
    expect(await rowOf(db, requestId)).toMatchObject({ state: 'applied', failure: null });
    const [made] = await db
      .select()
      .from(keys)
      .where(eq(keys.id, done.keyId ?? 0));
    expect(made?.expiresAt).toEqual(new Date(LATER));
    expect(
      await db.$count(changes, and(eq(changes.parentId, requestId), eq(changes.kind, 'create_key'))),
    ).toBe(1);
  });

  it('lapses when its key would have expired', async ({ db }) => {
    const world = await requestWorld(db, requesty, { vendor: 'requesty' });
    const expiresAt = new Date(Date.now() + 2 * DAY_MS).toISOString();
    const { requestId } = await createRequest(world.lead, wishOf(world, { expiresAt }));
    expect((await rowOf(db, requestId)).lapsesAt).toEqual(new Date(expiresAt));
  });
});
