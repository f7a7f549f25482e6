import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { providerBudgets, settings } from '@/lib/db/schema';
import { budgetKinds } from '@/lib/domain/binds/bound';
import { type BudgetAnswer, budgetReportSchema } from '@/lib/domain/binds/provider-budget';
import { storeSetting } from '../settings/store-setting';

const BUDGETS_A_STATEMENT = 1_000;

/** Where it stands how well the budgets of a connection are known. */
export function budgetTopic(connectionId: number): string {
  return `provider_budgets:${connectionId}`;
}

/** When the budgets of a connection were last asked for. */
export async function findBudgetsReadAt(db: Queryable, connectionId: number): Promise<Date | null> {
  const [row] = await db
    .select({ at: settings.updatedAt })
    .from(settings)
    .where(eq(settings.topic, budgetTopic(connectionId)));
  return row?.at ?? null;
}

/** Brings the budgets to what was told; a kind that could not be read keeps what was known of it. */
export async function storeBudgets(
  tx: Transaction,
  { budgets, report }: BudgetAnswer,
  { connectionId, at }: { readonly connectionId: number; readonly at: Date },
): Promise<void> {
  const told = budgetKinds.filter((kind) => report[kind] !== undefined && report[kind] !== 'failed');
  await tx
    .delete(providerBudgets)
    .where(and(eq(providerBudgets.connectionId, connectionId), inArray(providerBudgets.kind, told)));
  const rows = new Map(
    budgets
      .filter(({ kind }) => told.includes(kind))
      .map((budget) => [
        `${budget.kind} ${budget.externalId} ${budget.period}`,
        { ...budget, connectionId, readAt: at },
      ]),
  );
  const all = [...rows.values()];
  for (let from = 0; from < all.length; from += BUDGETS_A_STATEMENT) {
    await tx.insert(providerBudgets).values(all.slice(from, from + BUDGETS_A_STATEMENT));
  }
  await storeSetting(tx, budgetTopic(connectionId), budgetReportSchema.parse(report), { at, by: null });
}
