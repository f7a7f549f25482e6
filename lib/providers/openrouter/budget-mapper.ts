import type { ProviderBudget } from '@/lib/domain/binds/provider-budget';
import { parseUsd, type Usd } from '@/lib/domain/money/usd';
import { lenientBoolean, lenientText } from '../http/lenient';
import { guardrailSchema, workspaceBudgetSchema } from './wire';

type BudgetPeriod = ProviderBudget['period'];

/** `lifetime` is null on the wire; undefined is an interval that nobody knows. */
function periodOf(interval: unknown): BudgetPeriod | undefined {
  if (interval === null || interval === undefined || interval === 'lifetime') return null;
  return interval === 'daily' || interval === 'weekly' || interval === 'monthly' ? interval : undefined;
}

export function workspaceBudget(
  row: unknown,
  workspace: { readonly id: string; readonly includesByok: boolean | null },
): ProviderBudget | null {
  const parsed = workspaceBudgetSchema.safeParse(row);
  if (!parsed.success) return null;
  const { id, limit_usd, reset_interval } = parsed.data;
  const amount = parseUsd(limit_usd);
  const period = periodOf(reset_interval);
  if (amount === null || period === undefined) return null;
  return {
    kind: 'workspace',
    externalId: id,
    name: '',
    period,
    amount,
    spend: null,
    includesByok: workspace.includesByok,
    covers: { containers: [workspace.id], members: null, keys: null, exceptKeys: [], counts: 'together' },
  };
}

export type Guardrail = {
  readonly id: string;
  readonly name: string;
  readonly workspaceId: string | null;
  readonly isDefault: boolean;
  /** Null: it has no budget. */
  readonly amount: Usd | null;
  readonly period: BudgetPeriod;
  readonly includesByok: boolean;
};

/** A default guardrail's name is fixed: "Workspace <uuid> Default". */
const DEFAULT_NAME = /^Workspace [0-9a-f-]{36} Default$/i;

/** Null when its budget could not be understood. */
export function toGuardrail(row: unknown): Guardrail | null {
  const parsed = guardrailSchema.safeParse(row);
  if (!parsed.success) return null;
  const { id, name, workspace_id, limit_usd, reset_interval, include_byok_in_budgets } = parsed.data;
  const amount = limit_usd === null || limit_usd === undefined ? null : parseUsd(limit_usd);
  const period = periodOf(reset_interval);
  if ((amount === null && limit_usd != null) || period === undefined) return null;
  return {
    id,
    name,
    workspaceId: lenientText(workspace_id),
    isDefault: DEFAULT_NAME.test(name),
    amount,
    period,
    includesByok: lenientBoolean(include_byok_in_budgets) ?? false,
  };
}

type Assignments = ReadonlyMap<string, readonly string[]>;

/**
 * The budgets of guardrails: counted for each assigned key and each assigned member apart. A workspace's default
 * guardrail covers the keys of it that no other one is assigned to.
 */
export function guardrailBudgets(
  guardrails: readonly Guardrail[],
  keys: Assignments,
  members: Assignments,
): ProviderBudget[] {
  const assigned = [...new Set([...keys.values()].flat())];
  return guardrails.flatMap((guardrail): ProviderBudget[] => {
    const { id, name, amount, period, includesByok, workspaceId } = guardrail;
    if (amount === null) return [];
    const containers = workspaceId === null ? null : [workspaceId];
    const budget = { externalId: id, name, period, amount, spend: null, includesByok };
    if (guardrail.isDefault) {
      const covers = {
        containers,
        members: null,
        keys: null,
        exceptKeys: assigned,
        counts: 'each_key' as const,
        mayCountMembers: true,
      };
      return [{ ...budget, kind: 'guardrail', name: '', covers }];
    }
    const ofKeys = keys.get(id) ?? [];
    const ofMembers = members.get(id) ?? [];
    const none = { containers, members: null, keys: null, exceptKeys: [] };
    return [
      ...(ofKeys.length === 0
        ? []
        : [
            {
              ...budget,
              kind: 'guardrail' as const,
              covers: { ...none, keys: [...ofKeys], counts: 'each_key' as const },
            },
          ]),
      ...(ofMembers.length === 0
        ? []
        : [
            {
              ...budget,
              kind: 'member' as const,
              covers: { ...none, members: [...ofMembers], counts: 'each_member' as const },
            },
          ]),
    ];
  });
}
