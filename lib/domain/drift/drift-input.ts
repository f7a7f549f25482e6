import { z } from 'zod';
import { reasonSchema } from '../keys/key-input';

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

export const putBackDriftSchema = shownItemSchema.extend({
  /** For a key made outside: what becomes of it. */
  way: z.enum(['disable', 'delete']).optional(),
  /** Required, and equal to the key's name, when a key in use is deleted. */
  typedName: z.string().default(''),
  reason: reasonSchema,
});
export type PutBackDriftInput = z.output<typeof putBackDriftSchema>;
