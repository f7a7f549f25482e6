import { z } from 'zod';
import { topics } from './topic';

/** The topic of a test that an admin sends. */
export const TEST_TOPIC = 'webhook.test';

/** What a delivery carries. No secret ever stands in it. */
export const payloadSchema = z.object({
  /** The same for everyone who is told of the same event, and for each repetition. */
  eventId: z.uuid(),
  topic: z.enum([...topics, TEST_TOPIC]),
  title: z.string(),
  body: z.string(),
  /** A path of the console. */
  href: z.string().startsWith('/'),
  at: z.iso.datetime(),
});
export type Payload = z.infer<typeof payloadSchema>;
