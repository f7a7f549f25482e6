import type { Context } from 'hono';
import { DAY_MS } from '../shared/clock';
import type { RouteEnv } from './emulator';
import { badRequest } from './errors';
import { type JsonBody, readJsonBody } from './request-body';
import { parseDateTime, type Resolution } from './times';

const MAX_DAYS = 100;
const ORG_DIMENSIONS = new Set([
  'user_id',
  'model_requested',
  'model_used',
  'provider_used',
  'is_byok',
  'origin_title',
  'group_name',
  'group_id',
  'api_key_id',
]);
const DOCUMENTED_KEY_DIMENSIONS = new Set(['user_id', 'model_requested']);

/** Half-open: `from` counts, `to` does not. Epoch milliseconds. */
export type UsageQuery = { from: number; to: number; resolution: Resolution; groupBy: string[] };

/** Query parameters and a JSON body both reach the handler, as both have been seen; the query wins. Throws 400s. */
export async function readUsageQuery(c: Context<RouteEnv>, scope: 'key' | 'org'): Promise<UsageQuery> {
  const { usageParameters, commaJoinedGroupBy, keyGroupBy } = c.get('switches');
  const body = (await readJsonBody(c)) ?? {};
  const merged = {
    ...(usageParameters === 'query' ? {} : body),
    ...(usageParameters === 'body' ? {} : readQueryString(c)),
  };
  const from = parseDateTime(requireParameter(merged, 'start'), 'start');
  const end = optionalParameter(merged, 'end');
  const to = end === null ? from + DAY_MS : parseDateTime(end, 'end');
  if (to <= from) throw badRequest('end must be after start');
  if (to - from > MAX_DAYS * DAY_MS) throw badRequest(`range must not exceed ${MAX_DAYS} days`);
  const dimensions =
    scope === 'key' && keyGroupBy === 'documented' ? DOCUMENTED_KEY_DIMENSIONS : ORG_DIMENSIONS;
  const groupBy = readGroupBy(merged.group_by, commaJoinedGroupBy === 'accepted');
  for (const dimension of groupBy) {
    if (!dimensions.has(dimension) && !/^extra\..+/.test(dimension)) {
      throw badRequest(`invalid group_by: ${dimension}`);
    }
  }
  return { from, to, resolution: readResolution(merged), groupBy: [...new Set(groupBy)] };
}

function readQueryString(c: Context<RouteEnv>): JsonBody {
  const query: JsonBody = { ...c.req.query() };
  const groupBy = c.req.queries('group_by');
  if (groupBy) query.group_by = groupBy;
  return query;
}

function requireParameter(source: JsonBody, name: string): string {
  const value = optionalParameter(source, name);
  if (value === null) throw badRequest(`${name} is required`);
  return value;
}

function optionalParameter(source: JsonBody, name: string): string | null {
  const value = source[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw badRequest(`${name} must be a string`);
  return value;
}

function readResolution(source: JsonBody): Resolution {
  const value = optionalParameter(source, 'resolution') ?? 'day';
  if (value === 'hour' || value === 'day' || value === 'month') return value;
  throw badRequest('resolution must be one of: hour, day, month');
}

function readGroupBy(value: unknown, splitCommas: boolean): string[] {
  if (value === undefined || value === null) return [];
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => {
    if (typeof item !== 'string') throw badRequest('group_by must be an array of strings');
    return splitCommas ? item.split(',').filter(Boolean) : item;
  });
}
