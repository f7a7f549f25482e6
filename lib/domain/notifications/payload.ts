import { z } from 'zod';
import { topics } from './topic';

/** What a delivery carries. No secret ever stands in it. */
export const payloadSchema = z.object({
  /** The same for everyone who is told of the same event, and for each repetition. */
  eventId: z.uuid(),
  topic: z.enum(topics),
  title: z.string(),
  body: z.string(),
  /** A path of the console. */
  href: z.string().startsWith('/'),
  at: z.iso.datetime(),
});
export type Payload = z.infer<typeof payloadSchema>;
