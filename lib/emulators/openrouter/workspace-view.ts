import { type OpenRouterState, timestamp, timestampOrNull } from './state';
import type { BudgetInterval, StoredBudget, StoredMember, StoredWorkspace } from './stored';

export const defaultSettings = {
  default_text_model: null,
  default_image_model: null,
  default_provider_sort: null,
  disabled_server_tools: null,
  io_logging_api_key_ids: null,
  io_logging_sampling_rate: 1,
  is_observability_io_logging_enabled: false,
  is_observability_broadcast_enabled: false,
  is_data_discount_logging_enabled: false,
};

export function workspaceView(workspace: StoredWorkspace): Record<string, unknown> {
  return {
    id: workspace.id,
    name: workspace.name,
    slug: workspace.slug,
    description: workspace.description,
    default_guardrail_id: workspace.defaultGuardrailId,
    ...defaultSettings,
    ...workspace.settings,
    include_byok_in_budgets: workspace.includeByokInBudgets,
    created_at: timestamp(workspace.createdAt),
    created_by: workspace.createdBy,
    updated_at: timestampOrNull(workspace.updatedAt),
  };
}

interface MembershipView {
  id: string;
  user_id: string;
  workspace_id: string;
  role: 'admin' | 'member';
  created_at: string;
}

/** The default workspace lists the whole organization. */
export function membershipViews(state: OpenRouterState, workspace: StoredWorkspace): MembershipView[] {
  if (workspace.id === state.defaultWorkspaceId) {
    return state.members.map((member) => ({
      id: `wm_${member.id.slice(5)}`,
      user_id: member.id,
      workspace_id: workspace.id,
      role: roleOf(member),
      created_at: timestamp(workspace.createdAt),
    }));
  }
  return [...workspace.members].map(([userId, membership]) => ({
    id: membership.id,
    user_id: userId,
    workspace_id: workspace.id,
    role: membership.role,
    created_at: timestamp(membership.createdAt),
  }));
}

export function roleOf(member: StoredMember): 'admin' | 'member' {
  return member.role === 'org:admin' ? 'admin' : 'member';
}

/** A lifetime budget has `reset_interval` null on the wire. */
export function budgetView(
  workspace: StoredWorkspace,
  interval: BudgetInterval,
  budget: StoredBudget,
): Record<string, unknown> {
  return {
    id: budget.id,
    workspace_id: workspace.id,
    limit_usd: budget.limitUsd,
    reset_interval: interval === 'lifetime' ? null : interval,
    created_at: timestamp(budget.createdAt),
    updated_at: timestamp(budget.updatedAt),
  };
}
