import { z } from 'zod';
import { keyNameSchema, keyPermissionsSchema } from '../keys/key-input';
import type { Limit } from '../limits/limit';
import { capped, isRaise, isSameLimit } from '../limits/limit';
import { limitSchema } from '../limits/limit-schema';
import { addUsd, isPositiveUsd } from '../money/usd';
import { usdSchema } from '../money/usd-schema';

const idSchema = z.int().positive();
/** The last moment of a raise, as an ISO instant; null for good. */
const untilSchema = z.iso.datetime().nullable().default(null);

const limitWishSchema = z.object({
  kind: z.literal('limit'),
  keyId: idSchema,
  change: z.discriminatedUnion('by', [
    z.object({ by: z.literal('limit'), limit: limitSchema }),
    /** Added to whatever the cap is when it is approved. */
    z.object({
      by: z.literal('amount'),
      amount: usdSchema.refine(isPositiveUsd, 'Ask for an amount above $0.'),
    }),
  ]),
  until: untilSchema,
});

const newKeyWishSchema = z.object({
  kind: z.literal('new_key'),
  connectionId: idSchema,
  name: keyNameSchema,
  limit: limitSchema,
  containerId: idSchema.nullable().default(null),
  teamId: idSchema,
  /** Null where the provider has no such setting. */
  includeByokInLimit: z.boolean().nullable().default(null),
  expiresAt: z.iso.datetime().nullable().default(null),
  /** Null for the account's default. */
  permissions: keyPermissionsSchema.nullable().default(null),
});
export type NewKeyWish = z.infer<typeof newKeyWishSchema>;

const enableWishSchema = z.object({ kind: z.literal('enable_key'), keyId: idSchema });

const takeOverWishSchema = z.object({
  kind: z.literal('take_over'),
  keyId: idSchema,
  teamId: idSchema,
  ownerId: z.uuid(),
});

/** What is asked for, as it is kept. */
export const requestWishSchema = z.discriminatedUnion('kind', [
  limitWishSchema,
  newKeyWishSchema,
  enableWishSchema,
  takeOverWishSchema,
]);
export type RequestWish = z.infer<typeof requestWishSchema>;

/** Taking over a key of nobody's is asked for by its exact name: who asks may not see it yet. */
const takeOverAskSchema = z.object({
  kind: z.literal('take_over'),
  keyId: idSchema.nullable().default(null),
  keyName: z.string().trim().max(120).default(''),
  teamId: idSchema,
});

const whySchema = z
  .string()
  .trim()
  .min(1, 'Say why: it is the first thing the approver reads.')
  .max(500, 'Keep the reason under 500 characters.');

export const createRequestSchema = z.object({
  wish: z.discriminatedUnion('kind', [
    limitWishSchema,
    newKeyWishSchema,
    enableWishSchema,
    takeOverAskSchema,
  ]),
  reason: whySchema,
});
export type CreateRequestInput = z.output<typeof createRequestSchema>;

/** A wish that waits is changed within what it is about: the same kind, the same key or the same new key's place. */
export const editRequestSchema = z.object({
  requestId: z.uuid(),
  wish: z.discriminatedUnion('kind', [
    limitWishSchema,
    newKeyWishSchema,
    z.object({ kind: z.literal('enable_key') }),
    z.object({ kind: z.literal('take_over') }),
  ]),
  reason: whySchema,
});
export type EditRequestInput = z.output<typeof editRequestSchema>;

/** What an approval gives: the wish made whole, or less of it. */
export const grantSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('limit'), limit: limitSchema, until: untilSchema }),
  z.object({ kind: z.literal('new_key'), limit: limitSchema }),
  z.object({ kind: z.literal('enable_key') }),
  z.object({ kind: z.literal('take_over') }),
]);
export type Grant = z.infer<typeof grantSchema>;

function limitAskedFor(
  change: Extract<RequestWish, { kind: 'limit' }>['change'],
  current: Limit | null,
): Limit | null {
  if (change.by === 'limit') return change.limit;
  if (current?.kind !== 'capped') return null;
  return capped(addUsd(current.amount, change.amount), current.period);
}

/** The whole wish over the key's present limit; null when there is no cap that an amount could be added to. */
export function grantOfWish(
  wish: Pick<Extract<RequestWish, { kind: 'limit' }>, 'kind' | 'change' | 'until'> | RequestWish,
  current: Limit | null,
): Grant | null {
  switch (wish.kind) {
    case 'limit': {
      const limit = limitAskedFor(wish.change, current);
      return limit && { kind: 'limit', limit, until: wish.until };
    }
    case 'new_key':
      return { kind: 'new_key', limit: wish.limit };
    default:
      return { kind: wish.kind };
  }
}

function isNoLonger(until: string | null, than: string | null): boolean {
  if (than === null) return true;
  return until !== null && Date.parse(until) <= Date.parse(than);
}

/**
 * Whether `less` is what was asked for, or less of it: a smaller amount of the same period, a shorter time. A wish
 * to lower a limit is approved as it is or not at all.
 */
export function isWithinGrant(less: Grant, whole: Grant, current: Limit | null): boolean {
  if (less.kind === 'limit' && whole.kind === 'limit') {
    if (!isNoLonger(less.until, whole.until)) return false;
    if (isSameLimit(less.limit, whole.limit)) return true;
    if (current === null || isRaise(whole.limit, less.limit)) return false;
    return isRaise(current, less.limit);
  }
  if (less.kind === 'new_key' && whole.kind === 'new_key') return !isRaise(whole.limit, less.limit);
  return less.kind === whole.kind;
}
