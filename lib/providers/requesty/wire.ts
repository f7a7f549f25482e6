import { z } from 'zod';
import { isRecord } from '../http/lenient';

/** Requesty's wire, read leniently: what a key cannot do without is required, the rest may be missing or odd. */

const told = z.unknown().optional();
/** Texts as `"63.545944565"` on the wire, numbers in the documents; zero may be null or left out. */
const money = z.union([z.number(), z.string()]).nullish();

export const keyRowSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  monthly_limit: money,
  monthly_spend: told,
  permissions: told,
  labels: told,
  created_by: told,
  group: told,
});
export type KeyRow = z.infer<typeof keyRowSchema>;

export const keyListSchema = z.object({ keys: z.array(z.unknown()) });
export const createdKeySchema = z.object({ api_key_id: z.string().min(1), api_key: z.string().min(1) });
export const groupListSchema = z.object({ groups: z.array(z.unknown()) });
export const groupSchema = z.object({ id: z.string().min(1), name: z.string().optional() });
export const groupLimitsSchema = groupSchema.extend({
  monthly_limit: told,
  monthly_budget: told,
  monthly_budget_per_user: told,
  monthly_spend: told,
});
export const groupDetailSchema = z.object({ group: z.object({ members: z.array(z.unknown()).nullish() }) });
export const organizationSchema = z.object({ name: told, balance: told });
export const permissionsSchema = z.object({
  manage: z.enum(['none', 'read', 'write']),
  completions: z.enum(['none', 'read', 'write']),
});

/** The shape is documented nowhere: any of the usual envelopes, or a bare list. */
export const memberListSchema = z.preprocess((body) => {
  if (!isRecord(body)) return body;
  return body.members ?? body.users ?? body.data;
}, z.array(z.unknown()));

const usageRow = z.record(z.string(), z.unknown());
export const usageSchema = z.object({
  usage: z.record(z.string(), usageRow.and(z.object({ grouped_data: z.array(usageRow).nullish() }))),
});
export type UsageEntries = z.infer<typeof usageSchema>['usage'];

/** The classic answer. It has a spend and no id: by that it is told from a key of the current generation. */
export const classicUsageSchema = z.object({
  completions_requests: told,
  spend: z.union([z.number(), z.string()]),
  id: z.undefined().optional(),
});
