import { z } from 'zod';
import { reasonSchema } from '../keys/key-input';
import { limitSchema } from '../limits/limit-schema';

const instantSchema = z.iso.datetime().transform((text) => new Date(text));

const seenSettingSchema = z.object({ limit: limitSchema, includeByokInLimit: z.boolean().nullable() });

/** A higher limit until a date, wished for in the limit dialog. */
export const startRaiseSchema = z.object({
  keyId: z.int().positive(),
  /** The key's limit as the person saw it. */
  seen: seenSettingSchema,
  limit: limitSchema,
  endsAt: instantSchema,
  reason: reasonSchema,
});

const raiseIdSchema = z.object({ raiseId: z.uuid() });

/** Another end for a raise, sooner or later than the one that was shown. */
export const extendRaiseSchema = raiseIdSchema.extend({
  seenEndsAt: instantSchema,
  endsAt: instantSchema,
  reason: reasonSchema,
});
export type ExtendRaiseInput = z.output<typeof extendRaiseSchema>;

export const endRaiseSchema = raiseIdSchema.extend({ reason: reasonSchema });
export type EndRaiseInput = z.output<typeof endRaiseSchema>;

/** The limit that a key goes back to when its raises end. */
export const updateBaseLimitSchema = z.object({
  keyId: z.int().positive(),
  /** The base as the person saw it. */
  seen: limitSchema,
  limit: limitSchema,
  reason: reasonSchema,
});
export type UpdateBaseLimitInput = z.output<typeof updateBaseLimitSchema>;
