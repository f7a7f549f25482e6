import { Hono } from 'hono';
import { z } from 'zod';
import { jsonBody } from '../shared/wire';
import { badRequest, notFound, parse } from './api-error';
import { type AppEnv, requireBudgets } from './app-env';
import type { OpenRouterState } from './state';
import type { BudgetInterval, StoredWorkspace } from './stored';
import { budgetView } from './workspace-view';

/** From the longest to the shortest: limits must fall strictly in this order. */
const INTERVALS = ['lifetime', 'monthly', 'weekly', 'daily'] as const;
const Interval = z.enum(INTERVALS);
const BudgetInput = z.object({
  limit_usd: z.number().gt(0),
  include_byok_in_budgets: z.boolean().optional(),
});

/** /workspaces/{id}/budgets; mounted behind the workspaces' own authentication. */
export function budgetRoutes(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('/:id/budgets/*', requireBudgets(state));
  app.get('/:id/budgets', (c) => {
    const workspace = state.workspace(c.req.param('id'));
    if (workspace.budgets.size === 0 && state.switches.emptyBudgetsNotFound) throw notFound('Budget');
    const data = [...workspace.budgets].map(([interval, budget]) => budgetView(workspace, interval, budget));
    return c.json({ data, include_byok_in_budgets: workspace.includeByokInBudgets });
  });
  app.get('/:id/budgets/:interval', (c) => {
    const workspace = state.workspace(c.req.param('id'));
    const interval = parse(Interval, c.req.param('interval'));
    return c.json(oneBudget(workspace, interval));
  });
  app.put('/:id/budgets/:interval', async (c) => {
    const workspace = state.workspace(c.req.param('id'));
    const interval = parse(Interval, c.req.param('interval'));
    const input = parse(BudgetInput, await jsonBody(c));
    checkOrder(workspace, interval, input.limit_usd);
    const now = state.now();
    const known = workspace.budgets.get(interval);
    workspace.budgets.set(interval, {
      id: known?.id ?? state.prng.uuid(),
      limitUsd: input.limit_usd,
      createdAt: known?.createdAt ?? now,
      updatedAt: now,
    });
    workspace.includeByokInBudgets = input.include_byok_in_budgets ?? workspace.includeByokInBudgets;
    return c.json(oneBudget(workspace, interval));
  });
  app.delete('/:id/budgets/:interval', (c) => {
    state.workspace(c.req.param('id')).budgets.delete(parse(Interval, c.req.param('interval')));
    return c.json({ deleted: true });
  });
  return app;
}

function oneBudget(workspace: StoredWorkspace, interval: BudgetInterval): Record<string, unknown> {
  const budget = workspace.budgets.get(interval);
  if (!budget) throw notFound('Budget');
  return {
    data: budgetView(workspace, interval, budget),
    include_byok_in_budgets: workspace.includeByokInBudgets,
  };
}

function checkOrder(workspace: StoredWorkspace, interval: BudgetInterval, limitUsd: number): void {
  const limits = INTERVALS.map((each) =>
    each === interval ? limitUsd : workspace.budgets.get(each)?.limitUsd,
  );
  const given = limits.filter((limit) => limit !== undefined);
  if (given.some((limit, index) => index > 0 && limit >= (given[index - 1] ?? Number.POSITIVE_INFINITY))) {
    throw badRequest('Budget limits must be strictly decreasing: lifetime > monthly > weekly > daily');
  }
}
