import type { BudgetAnswer, BudgetPartState, ProviderBudget } from '@/lib/domain/binds/provider-budget';
import type { HttpClient } from '../http/http-client';
import { lenientBoolean, lenientText } from '../http/lenient';
import { mapBounded } from '../http/map-bounded';
import { segment } from '../http/request';
import type { CallOptions } from '../port';
import { ProviderError } from '../provider-error';
import { type Guardrail, guardrailBudgets, toGuardrail, workspaceBudget } from './budget-mapper';
import { readList } from './read-list';
import { assignmentSchema, workspaceBudgetsSchema } from './wire';

const AT_ONCE = 4;

type Part = { readonly budgets: readonly ProviderBudget[]; readonly state: BudgetPartState };
const ABSENT: Part = { budgets: [], state: 'absent' };
const FAILED: Part = { budgets: [], state: 'failed' };

/** An answer of 404 is that of an account without the feature; any other refusal leaves the part unknown. */
async function readPart(read: () => Promise<Part>): Promise<Part> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind === 'unauthorized') throw error;
    return error.kind === 'not_found' ? ABSENT : FAILED;
  }
}

/**
 * The budgets of workspaces and the guardrails with a budget, in two calls a workspace and two for the assignments
 * (contract of the management API: `/workspaces/{id}/budgets`, `/guardrails`, `/guardrails/assignments`).
 */
export async function readBudgets(
  client: HttpClient,
  workspaceIds: readonly string[],
  options: CallOptions,
): Promise<BudgetAnswer> {
  const [workspaces, guardrails] = await Promise.all([
    readWorkspaceBudgets(client, workspaceIds, options),
    readPart(() => readGuardrailBudgets(client, workspaceIds, options)),
  ]);
  return {
    budgets: [...workspaces.budgets, ...guardrails.budgets],
    report: { workspace: workspaces.state, guardrail: guardrails.state, member: guardrails.state },
  };
}

async function readWorkspaceBudgets(
  client: HttpClient,
  workspaceIds: readonly string[],
  options: CallOptions,
): Promise<Part> {
  // A workspace without a budget may answer 404 too (a known fault), so that says nothing of the others.
  const parts = await mapBounded(workspaceIds, AT_ONCE, (id) =>
    readPart(() => readOneWorkspace(client, id, options)),
  );
  const states = parts.map(({ state }) => state);
  const worst = (['failed', 'partly'] as const).find((state) => states.includes(state));
  return {
    budgets: parts.flatMap(({ budgets }) => budgets),
    state: worst ?? (states.includes('read') ? 'read' : 'absent'),
  };
}

async function readOneWorkspace(client: HttpClient, id: string, options: CallOptions): Promise<Part> {
  const path = `/workspaces/${segment(id)}/budgets`;
  const request = { operation: 'list workspace budgets', path, schema: workspaceBudgetsSchema };
  const { data, include_byok_in_budgets } = await client.read(request, options);
  const includesByok = lenientBoolean(include_byok_in_budgets) ?? null;
  const budgets = data.map((row) => workspaceBudget(row, { id, includesByok }));
  const read = budgets.filter((budget) => budget !== null);
  return { budgets: read, state: read.length === budgets.length ? 'read' : 'partly' };
}

async function readGuardrailBudgets(
  client: HttpClient,
  workspaceIds: readonly string[],
  options: CallOptions,
): Promise<Part> {
  const lists = await mapBounded(workspaceIds, AT_ONCE, (workspaceId) =>
    readList(
      client,
      { operation: 'list guardrails', path: '/guardrails', query: { workspace_id: workspaceId } },
      options,
    ),
  );
  const rows = lists.flat();
  const guardrails = rows.map(toGuardrail);
  const withBudget = guardrails.filter((each): each is Guardrail => each !== null && each.amount !== null);
  const state = guardrails.includes(null) ? 'partly' : 'read';
  if (withBudget.length === 0) return { budgets: [], state };
  const [keys, members] = await Promise.all([
    readAssignments(client, 'keys', options),
    readAssignments(client, 'members', options),
  ]);
  return { budgets: guardrailBudgets(withBudget, keys, members), state };
}

/** Which key or person each guardrail is assigned to, by guardrail. */
async function readAssignments(
  client: HttpClient,
  of: 'keys' | 'members',
  options: CallOptions,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const path = `/guardrails/assignments/${of}`;
  const rows = await readList(client, { operation: `list guardrail ${of}`, path }, options);
  const assigned = new Map<string, string[]>();
  for (const row of rows) {
    const told = assignmentSchema.safeParse(row).data;
    const subject = lenientText(of === 'keys' ? told?.key_hash : told?.user_id);
    if (told === undefined || subject === null) {
      throw new ProviderError('invalid_response', `list guardrail ${of}`);
    }
    const known = assigned.get(told.guardrail_id);
    if (known) known.push(subject);
    else assigned.set(told.guardrail_id, [subject]);
  }
  return assigned;
}
