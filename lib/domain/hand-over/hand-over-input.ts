import { z } from 'zod';
import { createKeySchema } from '../keys/key-input';
import { linkTokenSchema } from '../people/one-time-link';

export const SHORTEST_HAND_OVER_HOURS = 1;
export const LONGEST_HAND_OVER_HOURS = 7 * 24;

/** Who may open the link, and for how long. Naming a person means that this person must sign in. */
export const handOverWishSchema = z.object({
  recipientId: z.uuid().nullable().default(null),
  lifetimeHours: z.int().min(SHORTEST_HAND_OVER_HOURS).max(LONGEST_HAND_OVER_HOURS),
  isSignInNeeded: z.boolean().default(false),
});
export type HandOverWish = z.infer<typeof handOverWishSchema>;

export const handOverNewKeySchema = createKeySchema.extend({ handOver: handOverWishSchema });
export type HandOverNewKeyInput = z.infer<typeof handOverNewKeySchema>;

/** What the click on "Reveal the secret" sends: the key of the link's fragment travels in the body alone. */
export const collectHandOverSchema = z.object({ handOverId: z.uuid(), linkKey: linkTokenSchema });
export type CollectHandOverInput = z.infer<typeof collectHandOverSchema>;

export const revokeHandOverSchema = z.object({ handOverId: z.uuid() });
export type RevokeHandOverInput = z.infer<typeof revokeHandOverSchema>;

export const listHandOversSchema = z.object({ keyId: z.int().positive().optional() });
export type ListHandOversInput = z.infer<typeof listHandOversSchema>;
