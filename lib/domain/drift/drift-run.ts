import { z } from 'zod';
import { canonicalJson } from '../changes/audit-hash';
import { limitSchema } from '../limits/limit-schema';
import { driftKinds, keyValueSchema } from './drift';

export const driftDecisions = ['adopt', 'put_back', 'ignore'] as const;
export type DriftDecision = (typeof driftDecisions)[number];

/** The same decision on many differences, as a run keeps it. */
export const driftActionSchema = z.object({
  kind: z.literal('drift'),
  decision: z.enum(driftDecisions),
  /** ISO instant until which an ignored one is put off; null for the other decisions. */
  until: z.iso.datetime().nullable().default(null),
});
export type DriftAction = z.infer<typeof driftActionSchema>;

const raiseSchema = z.object({ base: limitSchema, held: limitSchema, endsAt: z.string() });

/** One difference of a run, exactly as it was when a person decided on it. */
export const driftWishSchema = driftActionSchema.extend({
  itemId: z.uuid(),
  digest: z.string(),
  drift: z.enum(driftKinds),
  was: keyValueSchema.nullable(),
  found: keyValueSchema.nullable(),
  /** What putting back sets. */
  to: keyValueSchema.nullable(),
  /** What held of the key then. */
  raise: raiseSchema.nullable(),
  isUnderRotation: z.boolean(),
});
export type DriftWish = z.infer<typeof driftWishSchema>;

export type DriftCircumstances = Pick<DriftWish, 'to' | 'raise' | 'isUnderRotation'>;

const isSame = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);

const LOOK_AGAIN = 'Look at it again in the drift inbox; nothing was decided.';

/**
 * Why a decision that was made a while ago no longer means what it meant; null while it does. A raise or a rotation
 * that began since is never undone by it.
 */
export function whyOutdated(wish: DriftWish, now: DriftCircumstances): string | null {
  if (wish.decision === 'ignore') return null;
  if (wish.decision === 'put_back' && !wish.isUnderRotation && now.isUnderRotation) {
    return `A rotation of the key began since. ${LOOK_AGAIN}`;
  }
  const isAboutLimit = wish.drift === 'limit' || wish.drift === 'gone';
  if (isAboutLimit && now.raise !== null && !isSame(wish.raise, now.raise)) {
    return `A raise of the key began or changed since. ${LOOK_AGAIN}`;
  }
  if (wish.decision === 'put_back' && !isSame(wish.to, now.to)) {
    return `Putting back would set something else by now. ${LOOK_AGAIN}`;
  }
  return null;
}
