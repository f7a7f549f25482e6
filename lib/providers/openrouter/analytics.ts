import { ZERO_USD } from '@/lib/domain/money/usd';
import { addDays, daysBetween, eachDay, parseUtcDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import type { HttpClient } from '../http/http-client';
import { lenientCount, lenientText, lenientUsd } from '../http/lenient';
import { mapBounded } from '../http/map-bounded';
import type { ReadOptions, UsageWindow } from '../port';
import { ProviderError } from '../provider-error';
import { type AnalyticsSizing, MAX_ROWS } from './analytics-sizing';
import { chunkByLabel, halve, type KeyNames, type LabelChunk } from './label-chunks';
import { analyticsSchema } from './wire';

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
  readonly sizing: AnalyticsSizing;
  readonly options: ReadOptions;
};

type Part = { readonly window: UsageWindow; readonly chunk: LabelChunk };
type Row = Readonly<Record<string, unknown>>;
type Result = { readonly facts: UsageFact[]; readonly cutDays: Set<UtcDay> };

/** Facts from `/analytics/query`, in as many queries as keep every answer whole and every label certain. */
export async function readAnalytics(inputs: Inputs): Promise<{ facts: UsageFact[]; coveredDays: UtcDay[] }> {
  const { window, keys, sizing, options } = inputs;
  const size = sizing.sizeFor(keys.length, daysOf(window));
  const parts = chunkByLabel(keys, size.keys).flatMap((chunk) => partsOf(chunk, window, sizing));
  const result: Result = { facts: [], cutDays: new Set() };
  let done = 0;
  await mapBounded(parts, QUERIES_AT_ONCE, async (part) => {
    await readPart(inputs, part, result);
    options.onProgress?.(++done, parts.length);
  });
  const coveredDays = eachDay(window.from, window.to).filter((day) => !result.cutDays.has(day));
  return { facts: result.facts, coveredDays };
}

function daysOf({ from, to }: UsageWindow): number {
  return daysBetween(from, to) + 1;
}

function laterDay(a: UtcDay, b: UtcDay): UtcDay {
  if (a > b) return a;
  return b;
}

/** Windows of one length, short enough that the rows to be expected fit into one answer; the newest first. */
function partsOf(chunk: LabelChunk, window: UsageWindow, sizing: AnalyticsSizing): Part[] {
  const { from, to } = window;
  const all = daysOf(window);
  const days = Math.ceil(all / Math.ceil(all / sizing.daysFor(chunk.ids.length)));
  const parts: Part[] = [];
  for (let end = to; end >= from; end = addDays(end, -days)) {
    parts.push({ chunk, window: { from: laterDay(from, addDays(end, 1 - days)), to: end } });
  }
  return parts;
}

async function readPart(inputs: Inputs, part: Part, result: Result): Promise<void> {
  const { client, sizing, options } = inputs;
  const { chunk, window } = part;
  const answer = await query(client, part, options);
  if (answer === 'too_much') sizing.learnRefusal(chunk.ids.length);
  else sizing.learn({ keys: chunk.ids.length, days: daysOf(window) }, answer.rows.length);
  if (answer === 'too_much' || answer.isTruncated) {
    const smaller = answer === 'too_much' ? splitKeys(part) : (splitDays(part) ?? splitKeys(part));
    if (smaller === null) {
      result.cutDays.add(window.from);
      return;
    }
    for (const each of smaller) await readPart(inputs, each, result);
    return;
  }
  const facts = answer.rows.map((row) => toFact(row, chunk));
  if (facts.every((fact) => fact !== null)) {
    for (const fact of facts) if (fact.day >= window.from && fact.day <= window.to) result.facts.push(fact);
    return;
  }
  const smaller = splitKeys(part);
  if (smaller === null) throw new ProviderError('invalid_response', 'read analytics');
  for (const each of smaller) await readPart(inputs, each, result);
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
