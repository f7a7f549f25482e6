import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { usd } from '@/lib/domain/money/usd';
import { requestyTarget } from '@/lib/testing/provider-contract/requesty-target';
import type { Bench } from '@/lib/testing/provider-contract/target';

const groupsSchema = z.object({
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      monthly_limit: z.number().nullable(),
      monthly_budget: z.number().nullable(),
      monthly_budget_per_user: z.number().nullable(),
      monthly_spend: z.number(),
    }),
  ),
});
const detailSchema = z.object({
  group: z.object({ members: z.array(z.object({ id: z.string(), monthly_spend: z.number() })) }),
});

let bench: Bench;

beforeAll(async () => {
  bench = await requestyTarget('current').start({ keys: 30, historyDays: 40 });
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.control.reset();
  await bench.control.switches({ budgetMode: 'global', memberOptionalFields: 'present' });
});

async function ask(path: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${bench.managementKey}` };
  return (await fetch(`${bench.baseUrl}${path}`, { headers })).json();
}
const groups = async () => groupsSchema.parse(await ask('/v1/manage/group')).groups;
const read = () => bench.open().reads.readBudgets([]);

describe('the budgets of a Requesty organization', () => {
  it('in Global mode cap each member of a group apart, with what they spent in it', async () => {
    const { budgets, report } = await read();
    // A group that takes the organization's default has a limit that nobody tells.
    expect(report.group).toBe('partly');
    const limited = (await groups()).filter(({ monthly_limit }) => (monthly_limit ?? 0) > 0);
    expect(limited.length).toBeGreaterThan(2);
    for (const { id, name, monthly_limit } of limited) {
      const { group } = detailSchema.parse(await ask(`/v1/manage/group/${id}`));
      const own = budgets.filter(({ kind, covers }) => kind === 'group' && covers.containers?.includes(id));
      expect(own).toEqual(
        group.members.map((member) => ({
          kind: 'group',
          externalId: `${id}/${member.id}`,
          name,
          period: 'monthly',
          amount: usd(monthly_limit ?? 0),
          spend: usd(member.monthly_spend),
          includesByok: null,
          covers: {
            containers: [id],
            members: [member.id],
            keys: null,
            exceptKeys: [],
            counts: 'each_member',
          },
        })),
      );
    }
    const others = budgets.filter(({ kind }) => kind === 'group').map(({ covers }) => covers.containers?.[0]);
    expect(new Set(others)).toEqual(new Set(limited.map(({ id }) => id)));
  });

  it('in Group Budget mode cap the group as a whole, and each of its members where that is told', async () => {
    await bench.control.switches({ budgetMode: 'group' });
    const { budgets } = await read();
    for (const { id, monthly_budget, monthly_budget_per_user, monthly_spend } of await groups()) {
      const own = budgets.filter(({ kind, covers }) => kind === 'group' && covers.containers?.includes(id));
      const pooled = own.filter(({ covers }) => covers.counts === 'together');
      expect(pooled.map(({ amount, spend }) => ({ amount, spend }))).toEqual(
        (monthly_budget ?? 0) > 0 ? [{ amount: usd(monthly_budget ?? 0), spend: usd(monthly_spend) }] : [],
      );
      const apart = own.filter(({ covers }) => covers.counts === 'each_member');
      expect(apart.length > 0).toBe(monthly_budget_per_user !== null);
      for (const { amount } of apart) expect(amount).toBe(usd(monthly_budget_per_user ?? 0));
    }
  });

  it('are the limits of members too; where some are not told, that is said', async () => {
    const { budgets, report } = await read();
    const members = budgets.filter(({ kind }) => kind === 'member');
    expect(members.length).toBeGreaterThan(0);
    expect(members.every(({ covers, spend }) => covers.members?.length === 1 && spend !== null)).toBe(true);
    expect(report.member).toBe('partly');
    await bench.control.switches({ memberOptionalFields: 'absent' });
    const bare = await read();
    expect(bare.report.member).toBe('partly');
    expect(bare.budgets.some(({ kind }) => kind === 'member')).toBe(false);
  });

  it('are not known when they could not be read, and absent where groups are not offered', async () => {
    await bench.control.fault({ route: 'GET /v1/manage/group', times: 5, status: 403 });
    await bench.control.fault({ route: 'GET /v1/manage/org/member', times: 5, status: 404 });
    expect((await read()).report).toEqual({ group: 'failed', member: 'partly', project: 'partly' });
    await bench.control.reset();
    await bench.control.fault({ route: 'GET /v1/manage/group', times: 5, status: 404 });
    expect((await read()).report.group).toBe('absent');
  });
});
