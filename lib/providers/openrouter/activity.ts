import { addUsd, ZERO_USD } from '@/lib/domain/money/usd';
import { parseUtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import type { HttpClient } from '../http/http-client';
import { lenientCount, lenientText, lenientUsd } from '../http/lenient';
import { mapBounded } from '../http/map-bounded';
import type { ReadOptions, UsageWindow } from '../port';
import { ProviderError } from '../provider-error';
import type { KeyNames } from './label-chunks';
import { activitySchema } from './wire';

const CALLS_AT_ONCE = 8;

type Inputs = {
  readonly client: HttpClient;
  readonly window: UsageWindow;
  readonly keys: readonly KeyNames[];
  readonly options: ReadOptions;
};

/** Facts from `/activity`, one call per key: its rows name no key (OpenRouter docs). */
export async function readActivity(inputs: Inputs): Promise<{ facts: UsageFact[]; missingKeys: string[] }> {
  const { client, keys, options } = inputs;
  const facts: UsageFact[] = [];
  const missingKeys: string[] = [];
  let done = 0;
  await mapBounded(keys, CALLS_AT_ONCE, async ({ externalId }) => {
    const rows = await readRows(client, externalId, options);
    if (rows === null) missingKeys.push(externalId);
    else facts.push(...factsOf(rows, externalId, inputs.window));
    options.onProgress?.(++done, keys.length);
  });
  return { facts, missingKeys };
}

type Row = Readonly<Record<string, unknown>>;

async function readRows(client: HttpClient, hash: string, { signal }: ReadOptions): Promise<Row[] | null> {
  try {
    const answer = await client.read(
      {
        operation: 'read activity',
        path: '/activity',
        query: { api_key_hash: hash },
        schema: activitySchema,
      },
      { signal },
    );
    return answer.data;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not_found') return null;
    throw error;
  }
}

/** One fact per day and model: the rows are finer, they tell endpoints apart. */
function factsOf(rows: readonly Row[], keyExternalId: string, { from, to }: UsageWindow): UsageFact[] {
  const facts = new Map<string, UsageFact>();
  for (const row of rows) {
    const day = parseUtcDay(lenientText(row.date) ?? '');
    if (day === null) throw new ProviderError('invalid_response', 'read activity');
    if (day < from || day > to) continue;
    const model = lenientText(row.model);
    const id = `${day} ${model}`;
    const known = facts.get(id);
    facts.set(id, {
      keyExternalId,
      day,
      model,
      requests: (known?.requests ?? 0) + lenientCount(row.requests),
      promptTokens: (known?.promptTokens ?? 0) + lenientCount(row.prompt_tokens),
      completionTokens: (known?.completionTokens ?? 0) + lenientCount(row.completion_tokens),
      reasoningTokens: (known?.reasoningTokens ?? 0) + lenientCount(row.reasoning_tokens),
      spend: addUsd(known?.spend ?? ZERO_USD, lenientUsd(row.usage) ?? ZERO_USD),
      byokSpend: addUsd(known?.byokSpend ?? ZERO_USD, lenientUsd(row.byok_usage_inference) ?? ZERO_USD),
    });
  }
  return [...facts.values()];
}
