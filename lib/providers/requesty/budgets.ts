import type { BudgetAnswer, BudgetPartState, ProviderBudget } from '@/lib/domain/binds/provider-budget';
import type { HttpClient } from '../http/http-client';
import { mapBounded } from '../http/map-bounded';
import { segment } from '../http/request';
import type { CallOptions } from '../port';
import { ProviderError } from '../provider-error';
import { type GroupLimits, groupBudgets, memberBudgets, toGroupLimits } from './budget-mapper';
import { groupDetailSchema, groupListSchema, memberListSchema } from './wire';

const AT_ONCE = 4;

type Part = { readonly budgets: readonly ProviderBudget[]; readonly state: BudgetPartState };

async function readPart(read: () => Promise<Part>): Promise<Part> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind === 'unauthorized') throw error;
    const isAbsent = error.kind === 'not_found' || error.kind === 'unsupported';
    return { budgets: [], state: isAbsent ? 'absent' : 'failed' };
  }
}

/**
 * What groups and members may spend a month: one call each for the lists, and one for each group that limits its
 * members apart, since only there their spend in the group is told.
 */
export async function readBudgets(client: HttpClient, options: CallOptions): Promise<BudgetAnswer> {
  const [groups, members] = await Promise.all([
    readPart(() => readGroups(client, options)),
    readPart(() => readMemberLimits(client, options)),
  ]);
  // Where no list of members is offered, a limit of theirs may stand all the same.
  const member = members.state === 'absent' ? 'partly' : members.state;
  // Requesty knows limits of projects too (error 412 speaks of them), and has no call that tells them.
  const report = { group: groups.state, member, project: 'partly' } as const;
  return { budgets: [...groups.budgets, ...members.budgets], report };
}

async function readGroups(client: HttpClient, options: CallOptions): Promise<Part> {
  const request = { operation: 'list groups', path: '/v1/manage/group', schema: groupListSchema };
  const { groups: rows } = await client.read(request, options);
  const read = rows.map(toGroupLimits);
  const groups = read.filter((group): group is GroupLimits => group !== null);
  const budgets = await mapBounded(groups, AT_ONCE, async (group) =>
    groupBudgets(group, group.perMember === null ? [] : await readPeople(client, group.id, options)),
  );
  const isWhole = groups.length === read.length && groups.every(({ isWhole }) => isWhole);
  return { budgets: budgets.flat(), state: isWhole ? 'read' : 'partly' };
}

async function readPeople(client: HttpClient, id: string, options: CallOptions): Promise<readonly unknown[]> {
  const path = `/v1/manage/group/${segment(id)}`;
  const request = { operation: 'read group', path, schema: groupDetailSchema };
  return (await client.read(request, options)).group.members ?? [];
}

async function readMemberLimits(client: HttpClient, options: CallOptions): Promise<Part> {
  const request = { operation: 'list members', path: '/v1/manage/org/member', schema: memberListSchema };
  const rows = await client.read(request, options);
  const { budgets, isWhole } = memberBudgets(rows);
  return { budgets, state: isWhole ? 'read' : 'partly' };
}
