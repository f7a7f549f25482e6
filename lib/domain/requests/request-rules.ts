import { z } from 'zod';
import { isPositiveUsd, type Usd, usd } from '../money/usd';
import { usdSchema } from '../money/usd-schema';

const amountSchema = usdSchema
  .refine(isPositiveUsd, 'Enter an amount above $0, or leave it empty.')
  .nullable();

export const MOST_LAPSE_DAYS = 90;

/** Who must agree to what. All amounts are dollars in a month. */
export const requestRulesSchema = z.object({
  /** A limit that lets a key spend more than this in a month needs two people; null for never. */
  twoAbove: amountSchema,
  /** What a team's raises may add up to in a UTC month without anybody; null for none. */
  envelope: amountSchema,
  /** The most that one such raise may add; null for as much as the envelope holds. */
  smallRaise: amountSchema,
  /** Whether a lower limit needs nobody. */
  isLoweringFree: z.boolean(),
  /** A request that nobody decided lapses after so many days. */
  lapseDays: z
    .int('Enter whole days.')
    .min(1, 'Give people at least one day.')
    .max(MOST_LAPSE_DAYS, `Keep it at ${MOST_LAPSE_DAYS} days or less.`),
});
export type RequestRules = z.infer<typeof requestRulesSchema>;

/** Where one team differs; what is absent is as for everyone. */
export const teamRequestRulesSchema = requestRulesSchema.partial();
export type TeamRequestRules = z.infer<typeof teamRequestRulesSchema>;

export const defaultRequestRules: RequestRules = {
  twoAbove: usd(1_000),
  envelope: null,
  smallRaise: null,
  isLoweringFree: false,
  lapseDays: 14,
};

export const updateRequestRulesSchema = z.object({
  everyone: requestRulesSchema,
  /** Every team that differs; the others follow everyone's rules. */
  teams: z.array(z.object({ teamId: z.int().positive(), rules: teamRequestRulesSchema })).max(500),
});
export type UpdateRequestRulesInput = z.output<typeof updateRequestRulesSchema>;

/** The rules that hold for a team. */
export function rulesOfTeam(everyone: RequestRules, team: TeamRequestRules | null): RequestRules {
  const told = Object.entries(team ?? {}).filter(([, value]) => value !== undefined);
  return { ...everyone, ...Object.fromEntries(told) };
}

/** The rules as settings show them: every team once. */
export type RequestRulesView = {
  readonly everyone: RequestRules;
  readonly teams: readonly {
    readonly id: number;
    readonly name: string;
    readonly rules: TeamRequestRules | null;
    /** What its self-approved raises added up to this month. */
    readonly envelopeUsed: Usd;
  }[];
};
