import { z } from 'zod';

/** What a Keyward process of the campaign is told. */
export const orderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    databaseUrl: z.string(),
    databaseKind: z.enum(['embedded', 'server']),
    /** Base64. */
    masterKey: z.string(),
    clockFile: z.string(),
    clockIndex: z.number(),
    callTimeoutMs: z.number(),
    readEverySeconds: z.number(),
    callsPerMinute: z.number().nullable(),
    /** How many times faster than in the product chores follow each other and lost answers are looked at. */
    haste: z.number(),
  }),
  z.object({
    kind: z.literal('do'),
    id: z.number(),
    verb: z.string(),
    actorId: z.string().nullable(),
    input: z.unknown(),
  }),
]);
export type Order = z.output<typeof orderSchema>;

/** What it answers. */
export const reportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded') }),
  z.object({ kind: z.literal('ready') }),
  /** So often has every chore come round since the process started. */
  z.object({ kind: z.literal('chores'), rounds: z.number() }),
  z.object({ kind: z.literal('done'), id: z.number(), data: z.unknown() }),
  z.object({
    kind: z.literal('refused'),
    id: z.number(),
    code: z.string(),
    message: z.string(),
    facts: z.unknown(),
  }),
  /** Something that no verb should throw. */
  z.object({ kind: z.literal('broken'), id: z.number().nullable(), text: z.string() }),
]);
export type Report = z.output<typeof reportSchema>;
