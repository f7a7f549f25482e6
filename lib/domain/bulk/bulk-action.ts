import { z } from 'zod';
import { reasonSchema } from '../keys/key-input';
import { limitSchema } from '../limits/limit-schema';
import { isPositiveUsd } from '../money/usd';
import { usdSchema } from '../money/usd-schema';
import type { Permission } from '../people/permission';
import { limitPeriodSchema } from '../periods/limit-period-schema';

/** How a new limit is reckoned for each key. */
export const limitRuleSchema = z.discriminatedUnion('by', [
  /** The same limit for all. */
  z.object({ by: z.literal('limit'), limit: limitSchema }),
  /** The same amount for all; each key keeps its period, and one without gets a monthly cap. */
  z.object({
    by: z.literal('amount'),
    amount: usdSchema.refine(isPositiveUsd, 'A cap must be above $0.'),
  }),
  /** More or less than now, in percent: −20 leaves four fifths. */
  z.object({ by: z.literal('percent'), percent: z.number().gt(-100).max(10_000) }),
  /** More or less than now, in dollars. */
  z.object({ by: z.literal('change'), amount: usdSchema }),
  /** So many times what was spent in the last 30 UTC days, today included. */
  z.object({
    by: z.literal('spend'),
    factor: z.number().gt(0).max(1_000),
    period: limitPeriodSchema.default('monthly'),
  }),
]);
export type LimitRule = z.infer<typeof limitRuleSchema>;

/** What a person wishes for many keys at once. */
export const bulkActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set_limit'), rule: limitRuleSchema }),
  z.object({
    kind: z.literal('disable'),
    /** Sets the lowest cap where the provider cannot disable. */
    isCapInstead: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('enable') }),
  z.object({
    kind: z.literal('assign'),
    /** Absent keeps what each key has; null takes it away. */
    teamId: z.int().positive().nullable().optional(),
    ownerId: z.uuid().nullable().optional(),
  }),
  z.object({ kind: z.literal('delete') }),
]);
export type BulkAction = z.infer<typeof bulkActionSchema>;

export const MOST_BULK_KEYS = 10_000;

export const previewBulkSchema = z.object({
  keyIds: z.array(z.int().positive()).min(1).max(MOST_BULK_KEYS),
  action: bulkActionSchema,
});
export type PreviewBulkInput = z.infer<typeof previewBulkSchema>;

export const startBulkRunSchema = previewBulkSchema.extend({
  /** The preview's own: what was looked at is what runs. */
  digest: z.string().min(1),
  /** The words that the preview asks for before it deletes keys in use. */
  confirmation: z.string().trim().default(''),
  reason: reasonSchema,
});
export type StartBulkRunInput = z.infer<typeof startBulkRunSchema>;

export const bulkRunIdSchema = z.object({ runId: z.uuid() });

export const getBulkRunSchema = bulkRunIdSchema.extend({
  page: z.coerce.number().int().min(1).default(1),
  state: z
    .enum(['waiting', 'sent', 'applied', 'refused', 'unknown', 'skipped', 'cancelled'])
    .nullable()
    .default(null),
});
export type GetBulkRunInput = z.infer<typeof getBulkRunSchema>;

/** Which right a kind of bulk change needs; what puts back, or decides on drift, needs the right to change. */
export function bulkPermission(kind: BulkAction['kind'] | 'undo' | 'drift'): Permission {
  switch (kind) {
    case 'assign':
      return 'keys.assign';
    case 'delete':
      return 'keys.delete';
    default:
      return 'keys.update';
  }
}
