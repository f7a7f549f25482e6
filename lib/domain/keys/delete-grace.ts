import { z } from 'zod';

/** How many days a deleted key stays disabled before it is deleted for good. */
export const DEFAULT_GRACE_DAYS = 7;
export const MOST_GRACE_DAYS = 90;

export const deleteGraceSchema = z.object({
  days: z
    .int('Give whole days.')
    .min(1, 'At least one day, so that there is a way back.')
    .max(MOST_GRACE_DAYS, `At most ${MOST_GRACE_DAYS} days.`),
});
export type DeleteGrace = z.infer<typeof deleteGraceSchema>;

const DAY_MS = 86_400_000;

/** When a key that is deleted now goes for good. */
export function deleteAfterOf(now: Date, { days }: DeleteGrace): Date {
  return new Date(now.getTime() + days * DAY_MS);
}
