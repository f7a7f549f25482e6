import 'server-only';
import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { providerBudgets, settings } from '@/lib/db/schema';
import type { KnownBudget } from '@/lib/domain/binds/build-binds';
import {
  type BudgetReport,
  budgetCoversSchema,
  budgetReportSchema,
} from '@/lib/domain/binds/provider-budget';
import { budgetTopic } from './store-budgets';

/** The stored budgets of connections, and how well each kind is known; a connection never asked has no report. */
export async function listBudgets(
  db: Queryable,
  connectionIds: readonly number[],
): Promise<{
  readonly budgets: readonly KnownBudget[];
  readonly reports: ReadonlyMap<number, BudgetReport>;
}> {
  if (connectionIds.length === 0) return { budgets: [], reports: new Map() };
  const ids = [...connectionIds];
  const rows = await db
    .select()
    .from(providerBudgets)
    .where(inArray(providerBudgets.connectionId, ids))
    .orderBy(providerBudgets.id);
  const told = await db
    .select({ topic: settings.topic, value: settings.value })
    .from(settings)
    .where(sql`${settings.topic} = any(${sql.param(ids.map(budgetTopic))}::text[])`);
  const reports = new Map(told.map(({ topic, value }) => [topic, budgetReportSchema.parse(value)]));
  return {
    budgets: rows.map((row) => ({ ...row, covers: budgetCoversSchema.parse(row.covers) })),
    reports: new Map(
      ids.flatMap((id) => {
        const report = reports.get(budgetTopic(id));
        return report ? [[id, report] as const] : [];
      }),
    ),
  };
}
