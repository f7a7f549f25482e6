import { z } from 'zod';

export const changeIdSchema = z.object({ changeId: z.uuid() });

/** Which of the candidates came from the lost create; null: none of them did. */
export const decideLostCreateSchema = changeIdSchema.extend({ externalId: z.string().min(1).nullable() });

export const resolveIncidentSchema = z.object({
  incidentId: z.uuid(),
  resolution: z.string().trim().min(1, 'Say what you found.').max(500, 'Keep it under 500 characters.'),
});
