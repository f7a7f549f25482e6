import { Hono } from 'hono';
import { z } from 'zod';
import { UsageSum } from '../shared/cells';
import { DAY_MS, dayNumber, dayText } from '../shared/clock';
import type { CatalogueModel } from '../shared/models';
import { nanoToNumber } from '../shared/money';
import { badRequest, notFound, parse } from './api-error';
import { type AppEnv, managementKey } from './app-env';
import type { OpenRouterState } from './state';
import type { StoredKey } from './stored';

const COMPLETED_DAYS = 30;

const ActivityQuery = z.object({
  date: z.iso.date().optional(),
  api_key_hash: z.string().min(1).optional(),
  user_id: z.string().min(1).optional(),
  group_by: z.enum(['workspace']).optional(),
  workspace_id: z.string().min(1).optional(),
});
type ActivityQuery = z.output<typeof ActivityQuery>;

interface ActivityGroup {
  day: number;
  model: CatalogueModel;
  workspaceId: string | null;
  sum: UsageSum;
}

/** /activity: one row per completed UTC day, model and endpoint; today is never in it. */
export function activityRoutes(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', managementKey(state), (c) => {
    const query = parse(ActivityQuery, c.req.query());
    const [from, to] = days(state, query.date);
    const groups = collect(state, query, from, to);
    return c.json({ data: groups.map((group) => rowView(state, group)) });
  });
  return app;
}

/** First and last UTC day, both included. */
function days(state: OpenRouterState, date: string | undefined): [number, number] {
  const today = dayNumber(state.now());
  if (date === undefined) return [today - COMPLETED_DAYS, today - 1];
  const day = dayNumber(Date.parse(date));
  if (day >= today || day < today - COMPLETED_DAYS) {
    throw badRequest('Date must be within the last 30 (completed) UTC days');
  }
  return [day, day];
}

function collect(state: OpenRouterState, query: ActivityQuery, from: number, to: number): ActivityGroup[] {
  const keyIds = keysAsked(state, query);
  const groups = new Map<string, ActivityGroup>();
  state.ledger.visit({ keyIds, from: from * DAY_MS, to: (to + 1) * DAY_MS, now: state.now() }, (row) => {
    const day = dayNumber(row.bucketStartMs);
    const workspaceId = query.group_by ? (state.keys.get(row.keyId)?.workspaceId ?? null) : null;
    const label = `${day} ${row.model.id} ${workspaceId ?? ''}`;
    const group = groups.get(label) ?? { day, model: row.model, workspaceId, sum: new UsageSum() };
    group.sum.add(row.cells);
    groups.set(label, group);
  });
  return [...groups.values()].sort(
    (a, b) =>
      b.day - a.day || Number(b.sum.costNano - a.sum.costNano) || a.model.id.localeCompare(b.model.id),
  );
}

function keysAsked(state: OpenRouterState, query: ActivityQuery): string[] | undefined {
  const workspaceId = query.workspace_id === undefined ? null : state.workspace(query.workspace_id).id;
  const fits = (key: StoredKey): boolean =>
    (workspaceId === null || key.workspaceId === workspaceId) &&
    (query.user_id === undefined || key.creatorUserId === query.user_id);
  if (query.api_key_hash !== undefined) {
    const key = state.keys.get(query.api_key_hash);
    if (!key && state.switches.activityUnknownKey === 'not-found') throw notFound('API key');
    return key && fits(key) ? [key.hash] : [];
  }
  if (workspaceId === null && query.user_id === undefined) return undefined;
  return [...state.keys.values()].filter(fits).map((key) => key.hash);
}

function rowView(state: OpenRouterState, group: ActivityGroup): Record<string, unknown> {
  const { sum, model } = group;
  const date = dayText(group.day);
  const extra = state.switches.activityExtraFields
    ? { byok_requests: sum.byokRequests, cached_tokens: sum.cachedTokens }
    : {};
  return {
    date: state.switches.activityDate === 'date' ? date : `${date} 00:00:00`,
    model: model.id,
    model_permaslug: model.permaslug,
    endpoint_id: model.endpointId,
    provider_name: model.provider,
    usage: nanoToNumber(sum.costNano),
    byok_usage_inference: nanoToNumber(sum.byokNano),
    requests: sum.requests,
    prompt_tokens: sum.promptTokens,
    completion_tokens: sum.completionTokens,
    reasoning_tokens: sum.reasoningTokens,
    ...extra,
    ...(group.workspaceId === null ? {} : { workspace_id: group.workspaceId }),
  };
}
