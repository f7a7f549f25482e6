import { z } from 'zod';

/** One part of a wish that its requester changed while it waited, in the words of then. */
export const requestEditSchema = z.object({ label: z.string(), from: z.string(), to: z.string() });
export type RequestEdit = Readonly<z.infer<typeof requestEditSchema>>;
