import { z } from 'zod';
import { badRequest, notFound } from './api-error';
import { type OpenRouterState, timestamp, timestampOrNull } from './state';
import type { StoredAssignment, StoredGuardrail } from './stored';

const names = z.array(z.string()).min(1).nullish();
const flag = z.boolean().nullish();

export const GuardrailInput = z.object({
  name: z.string().min(1).max(200),
  description: z.string().max(1000).nullish(),
  limit_usd: z.number().min(0).nullish(),
  reset_interval: z.enum(['daily', 'weekly', 'monthly']).nullish(),
  include_byok_in_budgets: z.boolean().optional(),
  allowed_models: names,
  allowed_providers: names,
  ignored_models: names,
  ignored_providers: names,
  allowed_data_regions: names,
  enforce_zdr: flag,
  enforce_zdr_anthropic: flag,
  enforce_zdr_google: flag,
  enforce_zdr_openai: flag,
  enforce_zdr_other: flag,
  enforce_zdr_xai: flag,
  enable_free_model_publication: flag,
  enable_free_model_training: flag,
  enable_paid_model_training: flag,
  content_filters: z
    .array(
      z.object({
        pattern: z.string(),
        action: z.enum(['redact', 'block', 'flag']),
        label: z.string().nullish(),
      }),
    )
    .nullish(),
  content_filter_builtins: z
    .array(z.looseObject({ slug: z.string(), action: z.enum(['redact', 'block', 'flag']) }))
    .nullish(),
  workspace_id: z.uuid().optional(),
});
export const GuardrailPatch = GuardrailInput.omit({ workspace_id: true }).partial();

/** `limit_usd` and `reset_interval` go together, and either both are null or none is. */
export function checkBudgetPair(input: z.output<typeof GuardrailPatch>): void {
  const { limit_usd: limit, reset_interval: reset } = input;
  if ((limit === undefined) !== (reset === undefined) || (limit === null) !== (reset === null)) {
    throw badRequest('limit_usd and reset_interval must be provided together');
  }
}

export function addDefaultGuardrail(
  state: OpenRouterState,
  workspaceId: string,
  at: number,
): StoredGuardrail {
  const guardrail: StoredGuardrail = {
    id: state.prng.uuid(),
    workspaceId,
    isDefault: true,
    name: `Workspace ${workspaceId} Default`,
    fields: {},
    createdAt: at,
    updatedAt: null,
  };
  state.guardrails.set(guardrail.id, guardrail);
  return guardrail;
}

export function guardrailById(state: OpenRouterState, id: string): StoredGuardrail {
  const guardrail = state.guardrails.get(id);
  if (!guardrail) throw notFound('Guardrail');
  return guardrail;
}

export function guardrailView(guardrail: StoredGuardrail): Record<string, unknown> {
  return {
    id: guardrail.id,
    name: guardrail.name,
    description: null,
    limit_usd: null,
    reset_interval: null,
    include_byok_in_budgets: false,
    allowed_models: null,
    allowed_providers: null,
    ignored_models: null,
    ignored_providers: null,
    enforce_zdr: null,
    ...guardrail.fields,
    workspace_id: guardrail.workspaceId,
    created_at: timestamp(guardrail.createdAt),
    updated_at: timestampOrNull(guardrail.updatedAt),
  };
}

/** One guardrail per key: assigning moves it. Unknown hashes are skipped. Returns how many were assigned. */
export function assignKeys(
  state: OpenRouterState,
  guardrail: StoredGuardrail,
  hashes: readonly string[],
  by: string | null,
): number {
  if (guardrail.isDefault) {
    throw badRequest(
      'Cannot assign keys to a default guardrail. Default guardrails apply to all unassigned keys automatically.',
    );
  }
  const known = [...new Set(hashes)].filter((hash) => state.keys.get(hash)?.deletedAt === null);
  if (known.some((hash) => state.keys.get(hash)?.workspaceId !== guardrail.workspaceId)) {
    throw badRequest('Some keys do not belong to the same workspace as the guardrail');
  }
  const moved = state.keyAssignments.filter((assignment) => !known.includes(assignment.subject));
  state.keyAssignments = [...moved, ...known.map((hash) => assignment(state, guardrail, hash, by))];
  return known.length;
}

/** One guardrail per member and workspace. */
export function assignMembers(
  state: OpenRouterState,
  guardrail: StoredGuardrail,
  userIds: readonly string[],
  by: string | null,
): number {
  const workspace = state.workspace(guardrail.workspaceId);
  const isDefault = workspace.id === state.defaultWorkspaceId;
  const belongs = (id: string): boolean =>
    isDefault ? state.members.some((member) => member.id === id) : workspace.members.has(id);
  const wanted = [...new Set(userIds)];
  if (!wanted.every(belongs)) throw badRequest('Some users are not members of the workspace');
  const kept = state.memberAssignments.filter(
    (known) =>
      !wanted.includes(known.subject) ||
      state.guardrails.get(known.guardrailId)?.workspaceId !== guardrail.workspaceId,
  );
  state.memberAssignments = [...kept, ...wanted.map((id) => assignment(state, guardrail, id, by))];
  return wanted.length;
}

function assignment(
  state: OpenRouterState,
  guardrail: StoredGuardrail,
  subject: string,
  assignedBy: string | null,
): StoredAssignment {
  return { id: state.prng.uuid(), guardrailId: guardrail.id, subject, assignedBy, createdAt: state.now() };
}

/** Takes subjects off this guardrail only; returns what is left and how many went. */
export function withoutSubjects(
  assignments: readonly StoredAssignment[],
  guardrailId: string,
  subjects: readonly string[],
): { left: StoredAssignment[]; removed: number } {
  const left = assignments.filter(
    (each) => each.guardrailId !== guardrailId || !subjects.includes(each.subject),
  );
  return { left, removed: assignments.length - left.length };
}

export function keyAssignmentView(
  state: OpenRouterState,
  each: StoredAssignment,
): Record<string, unknown> | null {
  const key = state.keys.get(each.subject);
  if (!key || key.deletedAt !== null) return null;
  return {
    id: each.id,
    guardrail_id: each.guardrailId,
    key_hash: key.hash,
    key_label: key.label,
    key_name: key.name,
    assigned_by: each.assignedBy,
    created_at: timestamp(each.createdAt),
  };
}

export function memberAssignmentView(
  state: OpenRouterState,
  each: StoredAssignment,
): Record<string, unknown> {
  return {
    id: each.id,
    guardrail_id: each.guardrailId,
    user_id: each.subject,
    organization_id: state.organizationId,
    assigned_by: each.assignedBy,
    created_at: timestamp(each.createdAt),
  };
}
