import { z } from 'zod';

/**
 * Where OpenRouter's documents contradict the wire, or are silent, each plausible answer is a switch. Defaults are
 * what has been observed live, else what the newest documents say. Set them with `POST /__control/switches`.
 */
export const Switches = z.strictObject({
  /** `last_used_at` on keys: in documents newer than the pinned client, which drops it. */
  lastUsedAt: z.boolean().default(true),
  /** Expired keys are hidden unless `include_expired=true` (newer documents). Off: always listed. */
  hideExpired: z.boolean().default(true),
  /** `limit_remaining` stops at 0, or goes below after an overshoot. Unknown. */
  clampRemaining: z.boolean().default(false),
  /** Whether a negative limit is refused. Unknown. */
  refuseNegativeLimits: z.boolean().default(true),
  /** An inference key that asks for /credits: refused, or answered with zeros as some have seen. */
  creditsForInferenceKey: z.enum(['forbidden', 'zeros']).default('forbidden'),
  /** `2026-08-31 00:00:00` as observed, or the documented `2026-08-31`. */
  activityDate: z.enum(['date-time', 'date']).default('date-time'),
  /** `byok_requests` and `cached_tokens`, seen live and not documented. */
  activityExtraFields: z.boolean().default(true),
  /** An unknown `api_key_hash` at /activity. Unknown. */
  activityUnknownKey: z.enum(['empty', 'not-found']).default('empty'),
  /** Counts in analytics rows come as texts, or as numbers. */
  analyticsCounts: z.enum(['string', 'number']).default('string'),
  /** The column of the time bucket. */
  analyticsDateColumn: z.enum(['date', 'created_at']).default('date'),
  /** What stands for a key in analytics rows. */
  analyticsKeyLabel: z.enum(['name', 'label', 'hash']).default('name'),
  /** Calls per real minute at /analytics, from OpenRouter's own skill text; null for none. */
  analyticsPerMinute: z.int().min(1).nullable().default(64),
  /** The list of budgets of a workspace without any answers 404 (a known live fault). */
  emptyBudgetsNotFound: z.boolean().default(false),
  /** Budgets of workspaces and guardrails are an Enterprise feature: without it they answer 404. The text is not known. */
  budgets: z.enum(['offered', 'not-offered']).default('offered'),
  /** Assignment lists drop rows of deleted keys but still count them. */
  shortAssignmentPages: z.boolean().default(true),
  /** What a call gets when its key's limit is reached: 403 as observed, 402 as documented. */
  keyLimitStatus: z.union([z.literal(402), z.literal(403)]).default(403),
  /** A personal account has no members; the status is documented, the text is not. */
  account: z.enum(['organization', 'personal']).default('organization'),
});
export type Switches = z.output<typeof Switches>;

export const defaultSwitches: Switches = Switches.parse({});
