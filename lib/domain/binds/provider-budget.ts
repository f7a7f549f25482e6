import { z } from 'zod';
import type { Usd } from '../money/usd';
import { type BudgetKind, budgetKinds } from './bound';

const ids = z.array(z.string());

/** Which keys a budget holds for, by the provider's ids; every condition that is not null must hold. */
export const budgetCoversSchema = z.object({
  /** Keys of these workspaces or groups. */
  containers: ids.nullable(),
  /** Keys that these people made. */
  members: ids.nullable(),
  keys: ids.nullable(),
  /** Keys that another budget of this kind holds for instead. */
  exceptKeys: ids,
  /** What is counted as one: each key, each person, or all of them together. */
  counts: z.enum(['each_key', 'each_member', 'together']),
  /** The provider may count it for each person in these workspaces or groups too, and no call tells whether. */
  mayCountMembers: z.boolean().optional(),
});
export type BudgetCovers = z.infer<typeof budgetCoversSchema>;

/** A limit above keys, as its provider tells it. */
export type ProviderBudget = {
  readonly kind: BudgetKind;
  readonly externalId: string;
  readonly name: string;
  /** Null: it counts everything it ever saw. */
  readonly period: 'daily' | 'weekly' | 'monthly' | null;
  readonly amount: Usd;
  /** What the provider says was spent of it; null when it does not say. */
  readonly spend: Usd | null;
  readonly includesByok: boolean | null;
  readonly covers: BudgetCovers;
};

/**
 * How well a kind of budget is known: `read`, or the account is not offered any (`absent`); `partly` when some may
 * stand that were not told; `failed` when they could not be read.
 */
export const budgetPartStates = ['read', 'absent', 'partly', 'failed'] as const;
export type BudgetPartState = (typeof budgetPartStates)[number];

/** What the last read of a connection's budgets found out about, by kind. */
export const budgetReportSchema = z.partialRecord(z.enum(budgetKinds), z.enum(budgetPartStates));
export type BudgetReport = z.infer<typeof budgetReportSchema>;

export type BudgetAnswer = {
  readonly budgets: readonly ProviderBudget[];
  readonly report: BudgetReport;
};
