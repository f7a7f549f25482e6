import { z } from 'zod';
import { handOverWishSchema } from '../hand-over/hand-over-input';
import { keyNameSchema, reasonSchema } from '../keys/key-input';

export const SHORTEST_QUIET_HOURS = 1;
export const LONGEST_QUIET_HOURS = 30 * 24;
export const DEFAULT_QUIET_HOURS = 24;

export const quietHoursSchema = z
  .int('Give whole hours.')
  .min(SHORTEST_QUIET_HOURS, 'At least one hour.')
  .max(LONGEST_QUIET_HOURS, `At most ${LONGEST_QUIET_HOURS} hours, which is 30 days.`);

/** The wish for a rotation. Without `handOver` the secret is in the answer, once. */
export const startRotationSchema = z.object({
  keyId: z.int().positive(),
  name: keyNameSchema,
  quietHours: quietHoursSchema.default(DEFAULT_QUIET_HOURS),
  handOver: handOverWishSchema.nullable().default(null),
  reason: reasonSchema,
});
export type StartRotationInput = z.infer<typeof startRotationSchema>;

export const steerRotationSchema = z.object({ rotationId: z.uuid(), reason: reasonSchema });
export type SteerRotationInput = z.infer<typeof steerRotationSchema>;

export const waitLongerSchema = z.object({
  rotationId: z.uuid(),
  /** Added to the earliest moment at which the old key would be retired. */
  hours: z
    .int()
    .min(1)
    .max(30 * 24),
});
export type WaitLongerInput = z.infer<typeof waitLongerSchema>;

export const MOST_DUE_DAYS = 3_650;

/** After how many days a key is due for rotation; null for never. */
export const rotationPolicySchema = z.object({
  dueDays: z
    .int('Give whole days.')
    .min(1, 'At least one day.')
    .max(MOST_DUE_DAYS, `At most ${MOST_DUE_DAYS} days.`)
    .nullable(),
});
export type RotationPolicy = z.infer<typeof rotationPolicySchema>;
