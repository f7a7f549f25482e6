import { type Nano, parseNano } from '../shared/money';
import { ApiError } from './api-error';
import { spendInWindow } from './key-view';
import type { OpenRouterState } from './state';
import type { BudgetInterval, LimitReset, StoredGuardrail, StoredKey } from './stored';

const RESETS: Record<BudgetInterval, LimitReset | null> = {
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
  lifetime: null,
};

/** What keys spent in the window of a reset, deleted ones included. */
export function spendOf(
  state: OpenRouterState,
  keys: readonly StoredKey[],
  reset: LimitReset | null,
  countsByok: boolean,
): Nano {
  return keys.reduce((sum, key) => {
    const spend = spendInWindow(state.ledger.windows(key.hash, state.now()), reset);
    return sum + spend.costNano + (countsByok ? spend.byokNano : 0n);
  }, 0n);
}

/** Throws 403 when a budget above the key is used up: its workspace's, or that of a guardrail. */
export function checkBudgets(state: OpenRouterState, key: StoredKey): void {
  const workspace = state.workspace(key.workspaceId);
  const keys = state.keysOf(workspace.id);
  for (const [interval, budget] of workspace.budgets) {
    const spent = spendOf(state, keys, RESETS[interval], workspace.includeByokInBudgets);
    if (spent < parseNano(budget.limitUsd)) continue;
    throw exceeded(`Workspace ${interval} budget`, budget.limitUsd, 'openrouter_workspace_budget');
  }
  checkGuardrail(state, guardrailOfKey(state, key), [key]);
  const made = keys.filter(({ creatorUserId }) => creatorUserId === key.creatorUserId);
  for (const guardrail of guardrailsOfMember(state, key)) checkGuardrail(state, guardrail, made);
}

/** The guardrail assigned to a key, else its workspace's default one. */
function guardrailOfKey(state: OpenRouterState, key: StoredKey): StoredGuardrail | undefined {
  const assigned = state.keyAssignments.find(({ subject }) => subject === key.hash);
  return state.guardrails.get(assigned?.guardrailId ?? state.workspace(key.workspaceId).defaultGuardrailId);
}

function guardrailsOfMember(state: OpenRouterState, key: StoredKey): StoredGuardrail[] {
  return state.memberAssignments
    .filter(({ subject }) => subject === key.creatorUserId)
    .flatMap(({ guardrailId }) => state.guardrails.get(guardrailId) ?? [])
    .filter(({ workspaceId }) => workspaceId === key.workspaceId);
}

/** Counted for these keys apart from all others: one key's, or those that one member made. */
function checkGuardrail(
  state: OpenRouterState,
  guardrail: StoredGuardrail | undefined,
  keys: readonly StoredKey[],
): void {
  const { limit_usd, reset_interval, include_byok_in_budgets } = guardrail?.fields ?? {};
  if (typeof limit_usd !== 'number') return;
  const reset = RESETS[(reset_interval ?? 'lifetime') as BudgetInterval];
  const spent = spendOf(state, keys, reset, include_byok_in_budgets === true);
  if (spent >= parseNano(limit_usd))
    throw exceeded('Guardrail budget', limit_usd, 'openrouter_guardrail_budget');
}

function exceeded(what: string, limitUsd: number, source: string): ApiError {
  const text = `${what} of $${limitUsd.toFixed(2)} exceeded. Contact your org admin.`;
  return new ApiError(403, text, { limit_source: source });
}
