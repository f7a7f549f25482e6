import { ZERO_USD } from '@/lib/domain/money/usd';
import { addDays, daysBetween, eachDay, parseUtcDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import type { HttpClient } from '../http/http-client';
import { lenientCount, lenientText, lenientUsd } from '../http/lenient';
import { mapBounded } from '../http/map-bounded';
import type { ReadOptions, UsageWindow } from '../port';
import { ProviderError } from '../provider-error';
import { chunkByLabel, halve, type KeyNames, type LabelChunk } from './label-chunks';
import { analyticsSchema } from './wire';

const MAX_ROWS = 10_000;
const MAX_KEYS_PER_QUERY = 500;
const EXPECTED_MODELS_PER_KEY_DAY = 3;
const QUERIES_AT_ONCE = 4;
const METRICS = [
  'request_count',
  'tokens_prompt',
  'tokens_completion',
  'reasoning_tokens',
  'credits_usage',
  'byok_usage',
] as const;

type Inputs = {
  readonly client: HttpClient;
  readonly window: UsageWindow;
  readonly keys: readonly KeyNames[];
  readonly options: ReadOptions;
};

type Part = { readonly window: UsageWindow; readonly chunk: LabelChunk };
type Row = Readonly<Record<string, unknown>>;
type Result = { readonly facts: UsageFact[]; readonly cutDays: Set<UtcDay> };

/** Facts from `/analytics/query`, in as many queries as keep every answer whole and every label certain. */
export async function readAnalytics(inputs: Inputs): Promise<{ facts: UsageFact[]; coveredDays: UtcDay[] }> {
  const { client, window, keys, options } = inputs;
  const parts = chunkByLabel(keys, MAX_KEYS_PER_QUERY).flatMap((chunk) => partsOf(chunk, window));
  const result: Result = { facts: [], cutDays: new Set() };
  let done = 0;
  await mapBounded(parts, QUERIES_AT_ONCE, async (part) => {
    await readPart(client, part, result, options);
    options.onProgress?.(++done, parts.length);
  });
  const coveredDays = eachDay(window.from, window.to).filter((day) => !result.cutDays.has(day));
  return { facts: result.facts, coveredDays };
}

/** Windows short enough that the rows to be expected fit into one answer; the newest first. */
function partsOf(chunk: LabelChunk, { from, to }: UsageWindow): Part[] {
  const days = Math.max(1, Math.floor(MAX_ROWS / (chunk.ids.length * EXPECTED_MODELS_PER_KEY_DAY)));
  const parts: Part[] = [];
  for (let end = to; end >= from; end = addDays(end, -days)) {
    const start = addDays(end, 1 - days);
    parts.push({ chunk, window: { from: start < from ? from : start, to: end } });
  }
  return parts;
}

async function readPart(client: HttpClient, part: Part, result: Result, options: ReadOptions): Promise<void> {
  const { chunk, window } = part;
  const answer = await query(client, part, options);
  if (answer === 'too_much' || answer.isTruncated) {
    const smaller = answer === 'too_much' ? splitKeys(part) : (splitDays(part) ?? splitKeys(part));
    if (smaller === null) {
      result.cutDays.add(window.from);
      return;
    }
    for (const each of smaller) await readPart(client, each, result, options);
    return;
  }
  const facts = answer.rows.map((row) => toFact(row, chunk));
  if (facts.every((fact) => fact !== null)) {
    result.facts.push(...facts.filter((fact) => fact.day >= window.from && fact.day <= window.to));
    return;
  }
  const smaller = splitKeys(part);
  if (smaller === null) throw new ProviderError('invalid_response', 'read analytics');
  for (const each of smaller) await readPart(client, each, result, options);
}

function splitDays({ chunk, window: { from, to } }: Part): Part[] | null {
  if (from === to) return null;
  const middle = addDays(from, Math.floor(daysBetween(from, to) / 2));
  return [
    { chunk, window: { from: addDays(middle, 1), to } },
    { chunk, window: { from, to: middle } },
  ];
}

function splitKeys({ chunk, window }: Part): Part[] | null {
  return chunk.ids.length === 1 ? null : halve(chunk).map((half) => ({ chunk: half, window }));
}

type QueryAnswer = { readonly rows: readonly Row[]; readonly isTruncated: boolean };

/** `too_much` when the query itself was refused while it named more than one key. */
async function query(
  client: HttpClient,
  { chunk, window }: Part,
  { signal }: ReadOptions,
): Promise<QueryAnswer | 'too_much'> {
  try {
    const { data } = await client.read(
      {
        operation: 'read analytics',
        method: 'POST',
        path: '/analytics/query',
        hasOwnRate: true,
        body: {
          metrics: METRICS,
          dimensions: ['api_key_id', 'model'],
          granularity: 'day',
          filters: [{ field: 'api_key_id', operator: 'in', value: chunk.ids }],
          time_range: {
            start: `${window.from}T00:00:00.000Z`,
            end: `${addDays(window.to, 1)}T00:00:00.000Z`,
          },
          limit: MAX_ROWS,
        },
        schema: analyticsSchema,
      },
      { signal },
    );
    const isTruncated = data.metadata?.truncated ?? data.data.length >= MAX_ROWS;
    return { rows: data.data, isTruncated };
  } catch (error) {
    const isRefused = error instanceof ProviderError && error.kind === 'invalid_request';
    if (isRefused && chunk.ids.length > 1) return 'too_much';
    throw error;
  }
}

/** Null when the row's day or key is not certain. */
function toFact(row: Row, chunk: LabelChunk): UsageFact | null {
  const day = parseUtcDay(lenientText(row.date__day ?? row.created_at__day ?? row.date) ?? '');
  const keyExternalId = chunk.find(row.api_key_id);
  if (day === null || keyExternalId === undefined) return null;
  return {
    keyExternalId,
    day,
    model: lenientText(row.model),
    requests: lenientCount(row.request_count),
    promptTokens: lenientCount(row.tokens_prompt),
    completionTokens: lenientCount(row.tokens_completion),
    reasoningTokens: lenientCount(row.reasoning_tokens),
    spend: lenientUsd(row.credits_usage) ?? ZERO_USD,
    byokSpend: lenientUsd(row.byok_usage) ?? ZERO_USD,
  };
}
