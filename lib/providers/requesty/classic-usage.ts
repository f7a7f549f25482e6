import { parseUsd, ZERO_USD } from '@/lib/domain/money/usd';
import { addDays, eachDay, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import { clampWindow } from '../clamp-window';
import type { HttpClient } from '../http/http-client';
import { lenientCount } from '../http/lenient';
import { mapBounded } from '../http/map-bounded';
import { segment } from '../http/request';
import type { CallOptions, ReadOptions, UsageBatch, UsageWindow } from '../port';
import { ProviderError } from '../provider-error';
import { CLASSIC_WINDOW_DAYS } from './capabilities';
import { classicUsageSchema } from './wire';

const KEYS_AT_ONCE = 8;

type Inputs = {
  readonly client: HttpClient;
  readonly window: UsageWindow;
  readonly keyIds: readonly string[];
  readonly now: Date;
  readonly options: ReadOptions;
};

/**
 * Usage by key and day: the classic call answers one sum for its range, so a key with any use in the window is asked
 * for each day alone.
 */
export async function readClassicUsage(inputs: Inputs): Promise<UsageBatch> {
  const { client, keyIds, options } = inputs;
  const { signal, onProgress } = options;
  const today = utcDayOf(inputs.now);
  const first = addDays(today, 1 - CLASSIC_WINDOW_DAYS);
  const window = clampWindow(inputs.window, first, today);
  const days = window === null ? [] : eachDay(window.from, window.to);
  const gap =
    inputs.window.from < first
      ? `The classic Requesty API is read day by day, ${CLASSIC_WINDOW_DAYS} days back.`
      : null;
  const base = { coveredDays: days, source: 'usage_total', gap } as const;
  if (days.length === 0) return { ...base, facts: [], missingKeys: [] };
  const missingKeys: string[] = [];
  let done = 0;
  const parts = await mapBounded([...new Set(keyIds)], KEYS_AT_ONCE, async (keyId) => {
    const facts = await readKeyDays(client, keyId, days, { signal });
    if (facts === null) missingKeys.push(keyId);
    onProgress?.(++done, keyIds.length);
    return facts ?? [];
  });
  return { ...base, facts: parts.flat(), missingKeys };
}

/** Null when the provider does not know the key any more. */
async function readKeyDays(
  client: HttpClient,
  keyId: string,
  days: readonly UtcDay[],
  options: CallOptions,
): Promise<UsageFact[] | null> {
  try {
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return [];
    const whole = await readClassicSum(client, keyId, { from: first, to: last }, options);
    if (first === last) return hasUse(whole) ? [factOf(whole, keyId, first)] : [];
    if (!hasUse(whole)) return [];
    const facts: UsageFact[] = [];
    for (const day of days) {
      const sum = await readClassicSum(client, keyId, { from: day, to: day }, options);
      if (hasUse(sum)) facts.push(factOf(sum, keyId, day));
    }
    return facts;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not_found') return null;
    throw error;
  }
}

type Sum = { readonly requests: number; readonly spend: UsageFact['spend'] };

/** One sum over whole UTC days; `end_date` does not count itself (Requesty docs). */
export async function readClassicSum(
  client: HttpClient,
  keyId: string,
  { from, to }: UsageWindow,
  options: CallOptions,
): Promise<Sum> {
  const answer = await client.read(
    {
      operation: 'read usage',
      path: `/v1/manage/apikey/${segment(keyId)}`,
      query: { start_date: from, end_date: addDays(to, 1) },
      schema: classicUsageSchema,
    },
    options,
  );
  const spend = parseUsd(answer.spend);
  if (spend === null) throw new ProviderError('invalid_response', 'read usage');
  return { requests: lenientCount(answer.completions_requests), spend };
}

function hasUse({ requests, spend }: Sum): boolean {
  return requests > 0 || spend !== ZERO_USD;
}

function factOf({ requests, spend }: Sum, keyExternalId: string, day: UtcDay): UsageFact {
  return {
    keyExternalId,
    day,
    model: null,
    requests,
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    spend,
    byokSpend: ZERO_USD,
  };
}
