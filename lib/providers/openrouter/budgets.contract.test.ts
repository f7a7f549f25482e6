import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ProviderBudget } from '@/lib/domain/binds/provider-budget';
import { callsOf, createKey } from '@/lib/testing/provider-contract/expect';
import { openRouterTarget } from '@/lib/testing/provider-contract/openrouter-target';
import type { Bench } from '@/lib/testing/provider-contract/target';

const oneSchema = z.object({ data: z.object({ id: z.string() }) });
const listSchema = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });

let bench: Bench;
let workspaceIds: readonly string[];

beforeAll(async () => {
  bench = await openRouterTarget.start({ keys: 24, historyDays: 20 });
  const { containers } = await bench.open().reads.listKeys();
  workspaceIds = containers.map(({ externalId }) => externalId);
});
afterAll(() => bench.close());
beforeEach(() => bench.control.reset());

/** A call to the emulated API itself, as its console would make it. */
async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${bench.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${bench.managementKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function makeGuardrail(name: string, workspaceId: string, limitUsd: number | null): Promise<string> {
  const answer = await send('POST', '/guardrails', {
    name,
    workspace_id: workspaceId,
    limit_usd: limitUsd,
    reset_interval: limitUsd === null ? null : 'weekly',
    include_byok_in_budgets: true,
  });
  return oneSchema.parse(answer).data.id;
}

const read = () => bench.open().reads.readBudgets(workspaceIds);
const find = (budgets: readonly ProviderBudget[], externalId: string) =>
  budgets.filter((budget) => budget.externalId === externalId);

describe('the budgets of an OpenRouter account', () => {
  it('are those of its workspaces, each with its interval, and the workspace’s word on own provider keys', async () => {
    const [, workspaceId = ''] = workspaceIds;
    await send('PUT', `/workspaces/${workspaceId}/budgets/lifetime`, {
      limit_usd: 900,
      include_byok_in_budgets: true,
    });
    await send('PUT', `/workspaces/${workspaceId}/budgets/daily`, { limit_usd: 1.5 });
    const { budgets, report } = await read();
    expect(report).toEqual({ workspace: 'read', guardrail: 'read', member: 'read' });
    const own = budgets.filter(
      ({ kind, covers }) => kind === 'workspace' && covers.containers?.includes(workspaceId),
    );
    expect(
      own.map(({ period, amount, includesByok, spend }) => ({ period, amount, includesByok, spend })),
    ).toEqual(
      expect.arrayContaining([
        { period: null, amount: '900', includesByok: true, spend: null },
        { period: 'daily', amount: '1.5', includesByok: true, spend: null },
      ]),
    );
    expect(own.every(({ covers }) => covers.counts === 'together')).toBe(true);
  });

  it('are those of guardrails too: for each assigned key, and for each assigned member, apart', async () => {
    const [workspaceId = ''] = workspaceIds;
    const made = await createKey(bench.open());
    const member = (await bench.open().reads.listMembers()).at(-1);
    const guardrail = await makeGuardrail('Interns', workspaceId, 12.25);
    expect(find((await read()).budgets, guardrail)).toEqual([]);
    await send('POST', `/guardrails/${guardrail}/assignments/keys`, { key_hashes: [made.externalId] });
    await send('POST', `/guardrails/${guardrail}/assignments/members`, {
      member_user_ids: [member?.externalId],
    });
    const found = find((await read()).budgets, guardrail);
    const facts = { name: 'Interns', period: 'weekly', amount: '12.25', spend: null, includesByok: true };
    const covers = { containers: [workspaceId], members: null, keys: null, exceptKeys: [] };
    expect(found).toEqual([
      {
        ...facts,
        kind: 'guardrail',
        externalId: guardrail,
        covers: { ...covers, keys: [made.externalId], counts: 'each_key' },
      },
      {
        ...facts,
        kind: 'member',
        externalId: guardrail,
        covers: { ...covers, members: [member?.externalId], counts: 'each_member' },
      },
    ]);
  });

  it('let a workspace’s default guardrail hold for the keys that no other is assigned to', async () => {
    const [workspaceId = ''] = workspaceIds;
    const { data } = listSchema.parse(await send('GET', `/guardrails?workspace_id=${workspaceId}`));
    const standard = data.find(({ name }) => name.endsWith('Default'));
    await send('PATCH', `/guardrails/${standard?.id}`, { limit_usd: 40, reset_interval: 'monthly' });
    const { budgets } = await read();
    const assigned = budgets.flatMap(({ kind, covers }) => (kind === 'guardrail' ? (covers.keys ?? []) : []));
    expect(assigned.length).toBeGreaterThan(0);
    const [budget] = find(budgets, standard?.id ?? '');
    expect(budget).toMatchObject({
      kind: 'guardrail',
      amount: '40',
      // It may count each member too, which the management API does not tell.
      covers: { containers: [workspaceId], keys: null, mayCountMembers: true },
    });
    expect(new Set(budget?.covers.exceptKeys)).toEqual(new Set(assigned));
  });

  it('stop a key at the emulator by the same count', async () => {
    const [workspaceId = ''] = workspaceIds;
    const made = await createKey(bench.open());
    const guardrail = await makeGuardrail('Tight', workspaceId, 3);
    await send('POST', `/guardrails/${guardrail}/assignments/keys`, { key_hashes: [made.externalId] });
    const ask = () =>
      fetch(`${bench.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${made.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'openai/gpt-5', messages: [{ role: 'user', content: 'hello' }] }),
      });
    expect((await ask()).status).toBe(200);
    await bench.control.spend({ key: made.externalId, usd: 3 });
    const refused = await ask();
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('Guardrail budget of $3.00 exceeded');
  });

  it('cost two calls a workspace and two for all assignments', async () => {
    await read();
    const { length } = workspaceIds;
    expect(await bench.control.calls()).toHaveLength(2 * length + 2);
    expect(await callsOf(bench, 'GET /api/v1/workspaces/*/budgets')).toHaveLength(length);
  });

  it('are absent where the account is not offered any, and only not known where they could not be read', async () => {
    await bench.control.switches({ budgets: 'not-offered' });
    expect(await read()).toEqual({
      budgets: [],
      report: { workspace: 'absent', guardrail: 'absent', member: 'absent' },
    });
    await bench.control.switches({ budgets: 'offered' });
    await bench.control.fault({ route: 'GET /api/v1/guardrails', times: 20, status: 403 });
    const { budgets, report } = await read();
    expect(report).toEqual({ workspace: 'read', guardrail: 'failed', member: 'failed' });
    expect(budgets.every(({ kind }) => kind === 'workspace')).toBe(true);
  });

  it('take a workspace without budgets that answers 404 as one without', async () => {
    await bench.control.switches({ emptyBudgetsNotFound: true });
    expect((await read()).report.workspace).toBe('read');
    await bench.control.switches({ emptyBudgetsNotFound: false });
  });
});
