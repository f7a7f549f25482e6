import { z } from 'zod';
import { DAY_MS, HOUR_MS, startOfUtcDay } from '../shared/clock';
import { dimensionFields, granularities, metricFields, operators } from './analytics-fields';
import { badRequest, parse } from './api-error';
import type { OpenRouterState } from './state';

const DEFAULT_DAYS = 7;
const MINUTE_WINDOW_MS = 3 * HOUR_MS;
const scalar = z.union([z.string(), z.number()]);

const instant = z.iso.datetime({ offset: true });

export const AnalyticsInput = z.object({
  metrics: z.array(z.enum(metricFields.map((field) => field.name))).min(1),
  dimensions: z
    .array(z.enum(dimensionFields.map((field) => field.name)))
    .max(2)
    .default([]),
  filters: z
    .array(
      z.object({
        field: z.enum(dimensionFields.map((field) => field.name)),
        operator: z.enum(operators),
        value: z.union([scalar, z.array(scalar)]),
        include_unset: z.boolean().optional(),
      }),
    )
    .max(20)
    .default([]),
  granularity: z.enum(granularities).optional(),
  time_range: z.object({ start: instant, end: instant }).optional(),
  order_by: z.object({ field: z.string(), direction: z.enum(['asc', 'desc']) }).optional(),
  limit: z.int().min(1).max(10_000).default(1000),
  group_limit: z.int().min(1).max(10_000).optional(),
  classifier_dimensions: z.unknown().optional(),
  classifier_filters: z.array(z.unknown()).min(1).max(10).optional(),
});
export type AnalyticsInput = z.output<typeof AnalyticsInput>;
export type AnalyticsFilter = AnalyticsInput['filters'][number];

export interface AnalyticsQuery extends AnalyticsInput {
  fromMs: number;
  /** Exclusive. */
  toMs: number;
}

/** Parses a query and holds it to the documented windows: 365 or 31 days, 3 hours by minute. */
export function parseAnalytics(state: OpenRouterState, body: unknown): AnalyticsQuery {
  const input = parse(AnalyticsInput, body);
  const toMs = input.time_range ? Date.parse(input.time_range.end) : state.now() + 1;
  const fromMs = input.time_range ? Date.parse(input.time_range.start) : toMs - DEFAULT_DAYS * DAY_MS;
  if (fromMs >= toMs) throw badRequest('time_range: start must be before end');
  const maxDays = widestWindow(input);
  const oldest = startOfUtcDay(state.clock.now()).getTime() - maxDays * DAY_MS;
  if (toMs - fromMs > (maxDays + 1) * DAY_MS || fromMs < oldest) {
    throw badRequest(`time_range: Time range must be within the last ${maxDays} days for these fields`);
  }
  if (input.granularity === 'minute' && toMs - fromMs > MINUTE_WINDOW_MS) {
    throw badRequest('granularity: Minute granularity is only available for windows of up to 3 hours');
  }
  for (const [index, filter] of input.filters.entries()) {
    if ((filter.operator === 'in' || filter.operator === 'not_in') !== Array.isArray(filter.value)) {
      throw badRequest(`filters.${index}.value: Invalid input for operator ${filter.operator}`);
    }
  }
  return { ...input, fromMs, toMs };
}

function widestWindow(input: AnalyticsInput): number {
  const fields = [...input.dimensions, ...input.filters.map((filter) => filter.field)];
  const byDimension = fields.map(
    (name) => dimensionFields.find((field) => field.name === name)?.maxDays ?? 365,
  );
  const byMetric = input.metrics.map((name) =>
    metricFields.find((field) => field.name === name)?.isShort ? 31 : 365,
  );
  return Math.min(365, ...byDimension, ...byMetric);
}
