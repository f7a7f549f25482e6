import { z } from 'zod';

/** OpenRouter's wire, read leniently: what a key cannot do without is required, the rest may be missing or odd. */

const told = z.unknown().optional();

export const keyRowSchema = z.object({
  hash: z.string().min(1),
  name: z.string(),
  disabled: z.boolean(),
  /** Null = unlimited, 0 = blocked. An absent limit is neither, so the row cannot be read. */
  limit: z.union([z.number(), z.string()]).nullable(),
  limit_reset: z.string().nullish(),
  label: told,
  limit_remaining: told,
  include_byok_in_limit: told,
  usage: told,
  usage_daily: told,
  usage_weekly: told,
  usage_monthly: told,
  byok_usage: told,
  byok_usage_daily: told,
  byok_usage_weekly: told,
  byok_usage_monthly: told,
  created_at: told,
  updated_at: told,
  expires_at: told,
  last_used_at: told,
  creator_user_id: told,
  workspace_id: told,
});
export type KeyRow = z.infer<typeof keyRowSchema>;

export const listSchema = z.object({ data: z.array(z.unknown()), total_count: told });
export const oneKeySchema = z.object({ data: keyRowSchema });
export const createdKeySchema = z.object({
  data: z.object({ hash: z.string().min(1) }),
  key: z.string().min(1),
});
export const deletedSchema = z.object({ deleted: z.literal(true) });

export const workspaceSchema = z.object({
  id: z.string().min(1),
  name: z.string().optional(),
  slug: z.string().optional(),
  is_default: told,
});

export const memberSchema = z.object({
  id: z.string().min(1),
  email: told,
  first_name: told,
  last_name: told,
  role: told,
});

export const whoAmISchema = z.object({
  data: z.object({
    is_management_key: told,
    is_provisioning_key: told,
    organization_id: told,
    expires_at: told,
  }),
});

export const creditsSchema = z.object({
  data: z.object({
    total_credits: z.union([z.number(), z.string()]),
    total_usage: z.union([z.number(), z.string()]),
  }),
});

const rowSchema = z.record(z.string(), z.unknown());

export const activitySchema = z.object({ data: z.array(rowSchema) });

export const analyticsSchema = z.object({
  data: z.object({
    data: z.array(rowSchema),
    metadata: z.object({ truncated: z.boolean().optional() }).optional(),
  }),
});

/** The dollars and the interval of a budget are read apart: one that cannot be understood must not pass for none. */
export const workspaceBudgetsSchema = z.object({ data: z.array(z.unknown()), include_byok_in_budgets: told });
export const workspaceBudgetSchema = z.object({
  id: z.string().min(1),
  limit_usd: z.union([z.number(), z.string()]),
  reset_interval: told,
});
export const guardrailSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  workspace_id: told,
  limit_usd: told,
  reset_interval: told,
  include_byok_in_budgets: told,
});
export const assignmentSchema = z.object({ guardrail_id: z.string().min(1), key_hash: told, user_id: told });
