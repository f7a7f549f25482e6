import { z } from 'zod';

const patternSchema = z
  .string()
  .trim()
  .max(120, 'Keep the pattern under 120 characters.')
  .transform((text) => text || null)
  .nullable()
  .default(null);
const idSchema = z.int().positive().nullable().default(null);

/** What a key must be like; every part that is given must hold, and one at least is given. */
export const ruleMatchSchema = z
  .object({
    /** `*` stands for anything: `search-*`. */
    name: patternSchema,
    connectionId: idSchema,
    /** A workspace or group. */
    containerId: idSchema,
    label: z
      .object({ name: z.string().trim().min(1).max(120), value: z.string().trim().max(120).nullable() })
      .nullable()
      .default(null),
    /** The address of the person who made it, `*@example.com` among others. */
    creator: patternSchema,
  })
  .refine((match) => Object.values(match).some((part) => part !== null), {
    message: 'Say at least one thing that a key must be like.',
    path: ['name'],
  });
export type RuleMatch = z.output<typeof ruleMatchSchema>;

export const assignmentRuleSchema = z
  .object({
    match: ruleMatchSchema,
    teamId: z.int().positive().nullable(),
    ownerId: z.uuid().nullable(),
    isEnabled: z.boolean(),
  })
  .refine(({ teamId, ownerId }) => teamId !== null || ownerId !== null, {
    message: 'Choose a team or an owner.',
    path: ['teamId'],
  });
export type AssignmentRule = z.output<typeof assignmentRuleSchema>;

const MOST_RULES = 200;
/** In their order: the first that matches holds. */
const rulesSchema = z.array(assignmentRuleSchema).max(MOST_RULES);

export const tryRulesSchema = z.object({ rules: rulesSchema });
export const saveRulesSchema = tryRulesSchema.extend({
  /** Of the try that was looked at: other keys or other rules have another. */
  digest: z.string().min(1),
});
export const applyRulesSchema = z.object({});
