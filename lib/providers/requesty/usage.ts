import { addDays, eachDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import { clampWindow } from '../clamp-window';
import type { HttpClient } from '../http/http-client';
import { mapBounded } from '../http/map-bounded';
import { segment } from '../http/request';
import type { ReadOptions, UsageBatch, UsageWindow } from '../port';
import { ProviderError } from '../provider-error';
import { CURRENT_WINDOW_DAYS } from './capabilities';
import { keyFacts, organizationFacts } from './usage-mapper';
import { type UsageEntries, usageSchema } from './wire';

const CALLS_AT_ONCE = 8;
/** An answer for thousands of keys is kept to some tens of megabytes by asking for fewer days at once. */
const MAX_EXPECTED_ROWS = 100_000;
const EXPECTED_MODELS_PER_KEY_DAY = 3;

type Inputs = {
  readonly client: HttpClient;
  readonly window: UsageWindow;
  readonly keyIds: readonly string[];
  readonly now: Date;
  readonly options: ReadOptions;
};

/** Usage by key, day and model: one call for the whole organization per 100 days, or one per key when it refuses. */
export async function readCurrentUsage(inputs: Inputs): Promise<UsageBatch> {
  const today = utcDayOf(inputs.now);
  const window = clampWindow(inputs.window, inputs.window.from, today);
  const base = { source: 'usage', gap: null } as const;
  if (window === null) return { ...base, coveredDays: [], facts: [], missingKeys: [] };
  const coveredDays = eachDay(window.from, window.to);
  const organization = await readByOrganization({ ...inputs, window });
  if (organization !== null) return { ...base, coveredDays, facts: organization, missingKeys: [] };
  return { ...base, coveredDays, ...(await readByKey({ ...inputs, window })) };
}

/** At most so many days each, the newest first. */
function windowsOf({ from, to }: UsageWindow, days: number): UsageWindow[] {
  const windows: UsageWindow[] = [];
  for (let end = to; end >= from; end = addDays(end, -days)) {
    const start = addDays(end, 1 - days);
    windows.push({ from: start < from ? from : start, to: end });
  }
  return windows;
}

/** Null when the organization's usage cannot be had by key and model. */
async function readByOrganization(inputs: Inputs): Promise<UsageFact[] | null> {
  const { client, keyIds, options } = inputs;
  const wanted = new Set(keyIds);
  const affordable = Math.floor(MAX_EXPECTED_ROWS / (EXPECTED_MODELS_PER_KEY_DAY * (wanted.size + 1)));
  const windows = windowsOf(inputs.window, Math.min(CURRENT_WINDOW_DAYS, Math.max(1, affordable)));
  const parts: UsageFact[][] = [];
  for (const window of windows) {
    const entries = await readUsageCall(client, '/v1/manage/org/usage', window, ORGANIZATION, options);
    const part = entries === null ? null : organizationFacts(entries, window, wanted);
    if (part === null) return null;
    parts.push(part);
    options.onProgress?.(parts.length, windows.length);
  }
  return parts.flat();
}

async function readByKey(inputs: Inputs): Promise<Pick<UsageBatch, 'facts' | 'missingKeys'>> {
  const { client, keyIds, options } = inputs;
  const missing = new Set<string>();
  const windows = windowsOf(inputs.window, CURRENT_WINDOW_DAYS);
  const calls = [...new Set(keyIds)].flatMap((keyId) => windows.map((window) => ({ keyId, window })));
  let done = 0;
  const parts = await mapBounded(calls, CALLS_AT_ONCE, async ({ keyId, window }) => {
    const path = `/v1/manage/apikey/${segment(keyId)}/usage`;
    const entries =
      (await readUsageCall(client, path, window, KEY_BY_MODEL_USED, options)) ??
      (await readUsageCall(client, path, window, KEY_BY_MODEL_REQUESTED, options));
    options.onProgress?.(++done, calls.length);
    if (entries === null) missing.add(keyId);
    return entries === null ? [] : keyFacts(entries, window, keyId);
  });
  const facts = parts.flat().filter((fact) => !missing.has(fact.keyExternalId));
  return { facts, missingKeys: [...missing] };
}

type Grouping = { readonly groupBy: readonly string[]; readonly refusals: readonly ProviderError['kind'][] };

/** Older accounts have no such call, or not these dimensions. */
const ORGANIZATION: Grouping = {
  groupBy: ['api_key_id', 'model_used'],
  refusals: ['forbidden', 'not_found', 'unsupported', 'invalid_request'],
};
/** The documents of the key call name only the second dimension; the vendor's own client uses the first. */
const KEY_BY_MODEL_USED: Grouping = { groupBy: ['model_used'], refusals: ['not_found', 'invalid_request'] };
const KEY_BY_MODEL_REQUESTED: Grouping = { groupBy: ['model_requested'], refusals: ['not_found'] };

/** Null when the call was refused in one of the ways the grouping allows for. `end` does not count itself. */
async function readUsageCall(
  client: HttpClient,
  path: string,
  { from, to }: UsageWindow,
  { groupBy, refusals }: Grouping,
  { signal }: ReadOptions,
): Promise<UsageEntries | null> {
  const query = {
    start: `${from}T00:00:00Z`,
    end: `${addDays(to, 1)}T00:00:00Z`,
    resolution: 'day',
    group_by: groupBy,
  };
  try {
    const request = { operation: 'read usage', path, query, schema: usageSchema };
    return (await client.read(request, { signal })).usage;
  } catch (error) {
    if (error instanceof ProviderError && refusals.includes(error.kind)) return null;
    throw error;
  }
}
