import { z } from 'zod';
import { reasonSchema } from '../keys/key-input';
import { driftDecisions } from './drift-run';

/** An item exactly as it was shown: another value since, and nothing is decided. */
const shownItemSchema = z.object({ itemId: z.uuid(), digest: z.string().min(1).max(64) });

const shownItemsSchema = z.array(shownItemSchema).min(1).max(500);

export const adoptDriftSchema = z.object({ items: shownItemsSchema, reason: reasonSchema });
export type AdoptDriftInput = z.output<typeof adoptDriftSchema>;

export const ignoreDriftSchema = z.object({
  items: shownItemsSchema,
  until: z.iso.datetime().transform((text) => new Date(text)),
  reason: reasonSchema,
});
export type IgnoreDriftInput = z.output<typeof ignoreDriftSchema>;

/** The same decision on many, carried out by the server. */
export const startDriftRunSchema = z
  .object({
    items: shownItemsSchema,
    decision: z.enum(driftDecisions),
    until: z.iso.datetime().nullable().default(null),
    reason: reasonSchema,
  })
  .refine(({ decision, until }) => (decision === 'ignore') === (until !== null), {
    path: ['until'],
    message: 'Choose a day within the next year.',
  });
export type StartDriftRunInput = z.output<typeof startDriftRunSchema>;

export const putBackDriftSchema = shownItemSchema.extend({
  /** For a key made outside: what becomes of it. */
  way: z.enum(['disable', 'delete']).optional(),
  /** Required, and equal to the key's name, when a key in use is deleted. */
  typedName: z.string().default(''),
  reason: reasonSchema,
});
export type PutBackDriftInput = z.output<typeof putBackDriftSchema>;
