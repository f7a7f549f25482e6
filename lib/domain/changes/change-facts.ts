import { z } from 'zod';
import type { OutcomeError } from '../outcome';
import { type ChangeKind, changeKinds } from './change';

const changeSchema = z.object({ changeId: z.uuid() });

const lastSchema = z.object({
  changedBy: z.string(),
  kind: z.enum(changeKinds),
  after: z.unknown(),
  settledAt: z.string().nullable(),
});

/** Of which change a failure tells, and whose it is. */
export type ToldChange = { readonly changeId: string; readonly isOwn: boolean };

/**
 * The change whose outcome is not known yet: one's own, whose answer was lost, or another of the same key that
 * stands in the way. Null for any other failure.
 */
export function toldChangeOf({ code, facts }: OutcomeError): ToldChange | null {
  if (code !== 'outcome_unknown' && code !== 'conflict') return null;
  const parsed = changeSchema.safeParse(facts);
  return parsed.success ? { changeId: parsed.data.changeId, isOwn: code === 'outcome_unknown' } : null;
}

/** What someone else did to the key since one looked. */
export type LastChange = {
  readonly changedBy: string;
  readonly kind: ChangeKind;
  readonly after: unknown;
  /** ISO instant. */
  readonly settledAt: string | null;
};

/** Null unless the failure says that someone was faster. */
export function lastChangeOf({ code, facts }: OutcomeError): LastChange | null {
  if (code !== 'stale') return null;
  const parsed = lastSchema.safeParse(facts);
  return parsed.success ? parsed.data : null;
}
