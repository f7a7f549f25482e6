import { OpenRouter } from '@openrouter/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenRouterEmulator, startOpenRouterEmulator } from './index';

const NOW = '2026-08-19T14:37:00Z';
let emulator: OpenRouterEmulator;
let client: OpenRouter;

beforeAll(async () => {
  emulator = await startOpenRouterEmulator({ keys: 40, seed: 11, historyDays: 120, now: NOW, freeze: true });
  client = new OpenRouter({
    apiKey: emulator.managementKey,
    serverURL: emulator.url,
    retryConfig: { strategy: 'none' },
    timeoutMs: 5000,
  });
});
afterAll(() => emulator.close());

/** All results of a paged call of the published client. */
async function collect<T, R>(pages: Promise<AsyncIterable<R>>, dataOf: (page: R) => T[]): Promise<T[]> {
  const found: T[] = [];
  for await (const page of await pages) found.push(...dataOf(page));
  return found;
}

describe('the published client reads', () => {
  it('keys, one key, and who it is', async () => {
    const { data } = await client.apiKeys.list({ includeDisabled: true });
    expect(data.length).toBeGreaterThan(10);
    const [first] = data;
    const got = await client.apiKeys.get({ hash: first?.hash ?? '' });
    expect(got.data).toEqual(first);
    const me = await client.apiKeys.getCurrentKeyMetadata();
    expect(me.data).toMatchObject({ isManagementKey: true, isProvisioningKey: true, limit: null });
  });

  it('credits, activity in all its forms, and what analytics offers', async () => {
    const credits = await client.credits.getCredits();
    expect(credits.data.totalCredits).toBeGreaterThan(credits.data.totalUsage);
    const all = await client.analytics.getUserActivity();
    expect(all.data.length).toBeGreaterThan(30);
    const oneDay = await client.analytics.getUserActivity({ date: '2026-08-18', groupBy: 'workspace' });
    expect(new Set(oneDay.data.map((row) => row.workspaceId)).size).toBeGreaterThan(1);
    const [key] = (await client.apiKeys.list()).data.filter((each) => each.usageMonthly > each.usageDaily);
    const ofKey = await client.analytics.getUserActivity({ apiKeyHash: key?.hash });
    expect(ofKey.data.length).toBeGreaterThan(0);
    const meta = await client.analytics.getAnalyticsMeta();
    expect(meta.data.granularities.map(({ name }) => name)).toEqual([
      'minute',
      'hour',
      'day',
      'week',
      'month',
    ]);
  });

  it('members, page by page', async () => {
    const members = await collect(client.organization.listMembers({ limit: 3 }), (page) => page.result.data);
    expect(members).toHaveLength(10);
    expect(new Set(members.map(({ id }) => id)).size).toBe(10);
  });
});

describe('the published client writes', () => {
  it('a key: create, update, delete', async () => {
    const created = await client.apiKeys.create({
      requestBody: {
        name: 'made by the client',
        limit: 25,
        limitReset: 'monthly',
        includeByokInLimit: true,
        expiresAt: new Date('2027-12-31T23:59:59Z'),
        external: { user: 'customer-1' },
      },
    });
    expect(created.key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
    expect(created.data).toMatchObject({
      limit: 25,
      limitRemaining: 25,
      limitReset: 'monthly',
      updatedAt: null,
    });
    expect(created.data.expiresAt?.toISOString()).toBe('2027-12-31T23:59:59.000Z');
    const { hash } = created.data;
    const updated = await client.apiKeys.update({
      hash,
      requestBody: { name: 'renamed', disabled: true, limit: null },
    });
    expect(updated.data).toMatchObject({
      name: 'renamed',
      disabled: true,
      limit: null,
      limitRemaining: null,
    });
    expect(await client.apiKeys.delete({ hash })).toEqual({ deleted: true });
    await expect(client.apiKeys.get({ hash })).rejects.toMatchObject({ statusCode: 404 });
  });

  it('a workspace, its members and its budgets', async () => {
    const { data } = await client.workspaces.create({
      createWorkspaceRequest: { name: 'Field trials', slug: 'field-trials' },
    });
    expect((await client.workspaces.get({ id: 'field-trials' })).data).toEqual(data);
    const listed = await collect(client.workspaces.list({ limit: 2 }), (page) => page.result.data);
    expect(listed.map(({ slug }) => slug)).toEqual([
      'default',
      'customer-products',
      'research',
      'field-trials',
    ]);
    const changed = await client.workspaces.update({
      id: data.id,
      updateWorkspaceRequest: { description: 'Trials' },
    });
    expect(changed.data.description).toBe('Trials');

    const [member] = await collect(client.organization.listMembers(), (page) => page.result.data);
    const userIds = [member?.id ?? ''];
    const added = await client.workspaces.bulkAddMembers({
      id: data.id,
      bulkAddWorkspaceMembersRequest: { userIds },
    });
    expect(added.addedCount).toBe(1);
    const members = await collect(client.workspaces.listMembers({ id: data.id }), (page) => page.result.data);
    expect(members.map(({ userId }) => userId)).toEqual(userIds);
    const removed = await client.workspaces.bulkRemoveMembers({
      id: data.id,
      bulkRemoveWorkspaceMembersRequest: { userIds },
    });
    expect(removed.removedCount).toBe(1);

    const workspaceRef = data.id;
    const set = await client.workspaces.setBudget({
      workspaceRef,
      interval: 'lifetime',
      upsertWorkspaceBudgetRequest: { limitUsd: 500, includeByokInBudgets: true },
    });
    expect(set.data).toMatchObject({ limitUsd: 500, resetInterval: null });
    const one = await client.workspaces.getBudget({ workspaceRef, interval: 'lifetime' });
    expect(one.includeByokInBudgets).toBe(true);
    expect((await client.workspaces.listBudgets({ workspaceRef })).data).toHaveLength(1);
    const gone = await client.workspaces.deleteBudget({ workspaceRef, interval: 'lifetime' });
    expect(gone).toEqual({ deleted: true });
    expect(await client.workspaces.delete({ id: data.id })).toEqual({ deleted: true });
  });

  it('a guardrail and its assignments', async () => {
    const { data } = await client.guardrails.create({
      createGuardrailRequest: {
        name: 'Cheap models',
        allowedModels: ['openai/gpt-5-nano'],
        limitUsd: 5,
        resetInterval: 'daily',
      },
    });
    const { id } = data;
    expect((await client.guardrails.get({ id })).data).toEqual(data);
    const changed = await client.guardrails.update({
      id,
      updateGuardrailRequest: { description: 'For trials' },
    });
    expect(changed.data).toMatchObject({ description: 'For trials', limitUsd: 5 });
    const listed = await collect(client.guardrails.list(), (page) => page.result.data);
    expect(listed.some((each) => each.id === id)).toBe(true);

    const keyHashes = (await client.apiKeys.list()).data.slice(0, 2).map(({ hash }) => hash);
    const assign = { id, bulkAssignKeysRequest: { keyHashes: [...keyHashes, 'f'.repeat(64)] } };
    expect(await client.guardrails.bulkAssignKeys(assign)).toEqual({ assignedCount: 2 });
    const own = await collect(
      client.guardrails.listGuardrailKeyAssignments({ id }),
      (page) => page.result.data,
    );
    const all = await collect(client.guardrails.listKeyAssignments(), (page) => page.result.data);
    expect(own.map(({ keyHash }) => keyHash)).toEqual(keyHashes);
    expect(all.filter(({ guardrailId }) => guardrailId === id)).toEqual(own);
    expect(new Set(all.map(({ keyHash }) => keyHash)).size).toBe(all.length);
    const unassign = { id, bulkUnassignKeysRequest: { keyHashes } };
    expect(await client.guardrails.bulkUnassignKeys(unassign)).toEqual({ unassignedCount: 2 });

    const [member] = await collect(client.organization.listMembers(), (page) => page.result.data);
    const memberUserIds = [member?.id ?? ''];
    const assigned = await client.guardrails.bulkAssignMembers({
      id,
      bulkAssignMembersRequest: { memberUserIds },
    });
    expect(assigned).toEqual({ assignedCount: 1 });
    const ofOne = await collect(
      client.guardrails.listGuardrailMemberAssignments({ id }),
      (page) => page.result.data,
    );
    const ofAll = await collect(client.guardrails.listMemberAssignments(), (page) => page.result.data);
    expect(ofOne).toHaveLength(1);
    expect(ofAll.filter(({ guardrailId }) => guardrailId === id)).toEqual(ofOne);
    const gone = await client.guardrails.bulkUnassignMembers({
      id,
      bulkUnassignMembersRequest: { memberUserIds },
    });
    expect(gone).toEqual({ unassignedCount: 1 });
    expect(await client.guardrails.delete({ id })).toEqual({ deleted: true });
  });

  it('a provider key of its own', async () => {
    const { data } = await client.byok.create({
      createBYOKKeyRequest: { provider: 'openai', key: 'sk-proj-abcdefghAbCd', name: 'House key' },
    });
    expect(data.label).toBe('sk-...AbCd');
    expect((await client.byok.get({ id: data.id })).data.name).toBe('House key');
    const changed = await client.byok.update({ id: data.id, updateBYOKKeyRequest: { disabled: true } });
    expect(changed.data.disabled).toBe(true);
    expect(await collect(client.byok.list({ provider: 'openai' }), (page) => page.result.data)).toHaveLength(
      1,
    );
    expect(await client.byok.delete({ id: data.id })).toEqual({ deleted: true });
  });
});

describe('the published client understands refusals', () => {
  it('of a missing key, a wrong key and an ordinary key', async () => {
    const made = await client.apiKeys.create({ requestBody: { name: 'ordinary' } });
    const as = (apiKey: string) =>
      new OpenRouter({ apiKey, serverURL: emulator.url, retryConfig: { strategy: 'none' } });
    await expect(as('sk-or-v1-wrong').apiKeys.list()).rejects.toMatchObject({
      statusCode: 401,
      message: 'User not found.',
    });
    await expect(as(made.key).apiKeys.create({ requestBody: { name: 'x' } })).rejects.toMatchObject({
      statusCode: 403,
      message: 'Only management keys can perform this operation',
    });
    const me = await as(made.key).apiKeys.getCurrentKeyMetadata();
    expect(me.data).toMatchObject({ isManagementKey: false, limit: null });
    await client.apiKeys.delete({ hash: made.data.hash });
  });

  it('of wrong input, with the path in the text', async () => {
    await expect(client.apiKeys.create({ requestBody: { name: '' } })).rejects.toMatchObject({
      statusCode: 400,
      message: 'name: Too small: expected string to have >=1 characters',
    });
  });
});
