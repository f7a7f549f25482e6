import { z } from 'zod';
import { MOST_GRACE_DAYS } from './delete-grace';

export const deleteGraceSchema = z.object({
  days: z
    .int('Give whole days.')
    .min(1, 'At least one day, so that there is a way back.')
    .max(MOST_GRACE_DAYS, `At most ${MOST_GRACE_DAYS} days.`),
});
