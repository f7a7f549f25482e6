import { z } from 'zod';
import type { IncidentView } from '@/lib/domain/changes/incident';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { type Difference, differencesOf } from '@/lib/words/record-words';

const candidateSchema = z.object({
  externalId: z.string(),
  name: z.string(),
  limit: limitSchema,
  createdAt: z.string().nullish(),
  maskedLabel: z.string().nullish(),
});
export type Candidate = z.infer<typeof candidateSchema>;

const factsSchema = z.looseObject({
  why: z.string().nullish(),
  before: z.unknown().optional(),
  wish: z.unknown().optional(),
  /** The provider's failure, which `why` tells in words. */
  failure: z.unknown().optional(),
  candidates: z.array(candidateSchema).nullish(),
});

export type IncidentFacts = {
  readonly why: string | null;
  readonly items: readonly Difference[];
  /** The keys of which one may have come from a lost create. */
  readonly candidates: readonly Candidate[];
};

/** What an incident knows, in words; facts of another shape are shown as they are. */
export function readIncidentFacts({ facts }: Pick<IncidentView, 'facts'>): IncidentFacts {
  const parsed = factsSchema.safeParse(facts);
  if (!parsed.success) return { why: null, items: differencesOf(null, facts), candidates: [] };
  const { why, before, wish, failure: _, candidates, ...rest } = parsed.data;
  return {
    why: why ?? null,
    items: [...differencesOf(before, wish), ...differencesOf(null, rest)],
    candidates: candidates ?? [],
  };
}
