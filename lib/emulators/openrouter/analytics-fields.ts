import type { UsageSum } from '../shared/cells';
import { type Nano, nanoToNumber } from '../shared/money';

type MetricKind = 'count' | 'money' | 'rate' | 'unknown';

interface MetricField {
  name: string;
  label: string;
  kind: MetricKind;
  format: 'number' | 'currency' | 'percent' | 'latency' | 'throughput';
  /** Null where the ledger has nothing to tell. */
  value(sum: UsageSum): number | Nano | null;
  /** Only over 31 days, as latencies are. */
  isShort?: boolean;
}

const count = (name: string, label: string, value: (sum: UsageSum) => number): MetricField => ({
  name,
  label,
  kind: 'count',
  format: 'number',
  value,
});
const money = (name: string, label: string, value: (sum: UsageSum) => Nano | null): MetricField => ({
  name,
  label,
  kind: 'money',
  format: 'currency',
  value,
});
const rate = (name: string, label: string, value: (sum: UsageSum) => number): MetricField => ({
  name,
  label,
  kind: 'rate',
  format: 'percent',
  value,
});

const timing = (['latency', 'throughput'] as const).flatMap((format) =>
  ['avg', 'p50', 'p90', 'p99'].map(
    (which): MetricField => ({
      name: `${which}_${format}`,
      label: `${which} ${format}`,
      kind: 'unknown',
      format,
      value: () => null,
      isShort: true,
    }),
  ),
);

/** Metrics that the real service has and the ledger does not know: always null. */
const unused = [
  'usage_upstream',
  'usage_cache',
  'usage_data',
  'usage_web',
  'usage_upstream_web',
  'usage_file',
  'usage_upstream_file',
  'usage_web_fetch',
  'usage_upstream_web_fetch',
].map((name) => money(name, name.replaceAll('_', ' '), () => null));

export const metricFields: readonly MetricField[] = [
  count('request_count', 'Requests', (sum) => sum.requests),
  count('tokens_total', 'Total tokens', (sum) => sum.promptTokens + sum.completionTokens),
  count('tokens_prompt', 'Prompt tokens', (sum) => sum.promptTokens),
  count('tokens_completion', 'Completion tokens', (sum) => sum.completionTokens),
  count('reasoning_tokens', 'Reasoning tokens', (sum) => sum.reasoningTokens),
  count('cached_tokens', 'Cached tokens', (sum) => sum.cachedTokens),
  count('byok_request_count', 'BYOK requests', (sum) => sum.byokRequests),
  count('guardrail_invoked_count', 'Guardrail invocations', () => 0),
  rate('guardrail_invoked_rate', 'Guardrail invocation rate', () => 0),
  count('response_cached_count', 'Cached responses', () => 0),
  rate('response_cached_rate', 'Cached response rate', () => 0),
  money('total_usage', 'Total usage', (sum) => sum.costNano + sum.byokNano),
  money('credits_usage', 'Credits usage', (sum) => sum.costNano),
  money('byok_usage', 'BYOK usage', (sum) => sum.byokNano),
  money('openrouter_usage', 'OpenRouter usage', (sum) => sum.costNano - sum.byokFeeNano),
  money('byok_fees', 'BYOK fees', (sum) => sum.byokFeeNano),
  ...unused,
  rate('cache_hit_rate', 'Cache hit rate', (sum) =>
    sum.promptTokens === 0 ? 0 : sum.cachedTokens / sum.promptTokens,
  ),
  ...timing,
];

interface DimensionField {
  name: string;
  label: string;
  maxDays: number;
}

const dimension = (name: string, label: string, maxDays: number): DimensionField => ({
  name,
  label,
  maxDays,
});

export const dimensionFields: readonly DimensionField[] = [
  dimension('model', 'Model', 365),
  dimension('variant', 'Variant', 365),
  dimension('api_key_id', 'API key', 365),
  dimension('user', 'User', 365),
  dimension('workspace', 'Workspace', 365),
  dimension('app', 'App', 365),
  dimension('generation_id', 'Generation', 31),
  dimension('provider', 'Provider', 31),
  dimension('origin', 'Origin', 31),
  dimension('country', 'Country', 31),
  dimension('finish_reason', 'Finish reason', 31),
  dimension('external_user', 'External user', 31),
  dimension('context_length_bucket', 'Context length', 31),
];

export const granularities = ['minute', 'hour', 'day', 'week', 'month'] as const;

export const operators = ['eq', 'neq', 'in', 'not_in', 'gt', 'gte', 'lt', 'lte'] as const;

/** A metric as it goes over the wire: counts as texts unless switched, money and rates as numbers. */
export function metricOnWire(
  field: MetricField,
  sum: UsageSum,
  counts: 'string' | 'number',
): string | number | null {
  const value = field.value(sum);
  if (value === null) return null;
  if (typeof value === 'bigint') return nanoToNumber(value);
  return field.kind === 'count' && counts === 'string' ? String(value) : value;
}

/** What `GET /analytics/meta` tells. */
export const analyticsMeta = {
  dimensions: dimensionFields.map(({ name, label }) => ({ name, display_label: label })),
  granularities: granularities.map((name) => ({
    name,
    display_label: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  })),
  metrics: metricFields.map(({ name, label, kind, format }) => ({
    name,
    display_label: label,
    is_rate: kind === 'rate',
    display_format: format,
  })),
  operators: operators.map((name) => ({
    name,
    value_type: name === 'in' || name === 'not_in' ? 'array' : 'scalar',
  })),
};
