import { boolean, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { BudgetKind } from '@/lib/domain/binds/bound';
import { instant, usdColumn } from './columns';
import { connections } from './connections';

/**
 * Limits above a key that a provider tells of: guardrails, workspace, group and member budgets. What it does not
 * tell has no row here, and is never taken for unlimited.
 */
export const providerBudgets = pgTable(
  'provider_budgets',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    connectionId: integer('connection_id')
      .notNull()
      .references(() => connections.id),
    kind: text('kind').$type<BudgetKind>().notNull(),
    externalId: text('external_id').notNull(),
    name: text('name').notNull(),
    /** Null: it counts everything it ever saw. */
    period: text('period').$type<'daily' | 'weekly' | 'monthly'>(),
    amount: usdColumn('amount').notNull(),
    /** What the provider says was spent of it; null when it does not say. */
    spend: usdColumn('spend'),
    includesByok: boolean('includes_byok'),
    /** Which keys, members, workspaces or groups it holds for, by the provider's ids. */
    covers: jsonb('covers').notNull(),
    readAt: instant('read_at').notNull(),
  },
  (table) => [
    uniqueIndex('provider_budgets_external').on(
      table.connectionId,
      table.kind,
      table.externalId,
      table.period,
    ),
  ],
);
