import { z } from 'zod';
import { isPositiveUsd, type Usd } from '../money/usd';
import { usdSchema } from '../money/usd-schema';

const nameSchema = z
  .string()
  .trim()
  .min(1, 'Give the team a name.')
  .max(80, 'Keep the name under 80 characters.');
const costCentreSchema = z
  .string()
  .trim()
  .max(60, 'Keep the cost centre under 60 characters.')
  .transform((text) => text || null)
  .nullable()
  .default(null);

/** Absent keeps what the team has; null is no budget. */
const monthlyBudgetSchema = usdSchema
  .refine(isPositiveUsd, 'Enter a budget above zero, or none at all.')
  .nullable()
  .optional();

export const createTeamSchema = z.object({
  name: nameSchema,
  costCentre: costCentreSchema,
  monthlyBudget: monthlyBudgetSchema,
});
export const updateTeamSchema = createTeamSchema.extend({ teamId: z.int().positive() });
export const archiveTeamSchema = z.object({ teamId: z.int().positive() });
export const setTeamMemberSchema = z.object({
  teamId: z.int().positive(),
  userId: z.uuid(),
  /** What the person becomes; `none` takes them off the team. */
  membership: z.enum(['lead', 'member', 'none']),
});

/** The most keys that one call assigns; more come in several calls. */
export const MOST_ASSIGNED_KEYS = 10_000;

export const assignKeysSchema = z.object({
  keyIds: z.array(z.int().positive()).min(1).max(MOST_ASSIGNED_KEYS),
  /** Absent keeps what each key has; null takes it away. */
  teamId: z.int().positive().nullable().optional(),
  ownerId: z.uuid().nullable().optional(),
  reason: z.string().trim().max(500).default(''),
});
export type AssignKeysInput = z.infer<typeof assignKeysSchema>;

/** A team as its list shows it. */
export type TeamView = {
  readonly id: number;
  readonly name: string;
  readonly costCentre: string | null;
  readonly leads: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly keyCount: number;
  /** Spend of the current UTC month by the team's keys, exact dollars. */
  readonly monthSpend: Usd;
  /** What its keys may spend in a UTC month; null for no budget. */
  readonly monthlyBudget: Usd | null;
};
