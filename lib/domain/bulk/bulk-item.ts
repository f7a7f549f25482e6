import { z } from 'zod';
import { type DriftWish, driftWishSchema } from '../drift/drift-run';
import type { Limit } from '../limits/limit';
import { limitSchema } from '../limits/limit-schema';

/** What a key was when its change was decided on. */
export const bulkBeforeSchema = z.object({
  limit: limitSchema,
  includeByokInLimit: z.boolean().nullable(),
  isDisabled: z.boolean(),
  teamId: z.number().nullable(),
  ownerId: z.string().nullable(),
});
export type BulkBefore = z.infer<typeof bulkBeforeSchema>;

/** What becomes of one key. */
export const bulkWishSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set_limit'), limit: limitSchema }),
  z.object({ kind: z.literal('disable') }),
  z.object({ kind: z.literal('enable') }),
  z.object({
    kind: z.literal('assign'),
    teamId: z.number().nullable().optional(),
    ownerId: z.string().nullable().optional(),
  }),
  /** `isFinal`: at once, where the provider cannot disable; else disabled now and deleted after the grace period. */
  z.object({ kind: z.literal('delete'), isFinal: z.boolean().default(true) }),
  z.object({ kind: z.literal('undelete') }),
  z.object({ kind: z.literal('rename'), seenName: z.string(), name: z.string() }),
  driftWishSchema,
]);
export type BulkWish = z.infer<typeof bulkWishSchema>;

/** What a key is after its change. */
function afterOf(before: BulkBefore, wish: BulkWish): BulkBefore {
  switch (wish.kind) {
    case 'set_limit':
      return { ...before, limit: wish.limit };
    case 'disable':
      return { ...before, isDisabled: true };
    case 'enable':
      return { ...before, isDisabled: false };
    case 'assign':
      return {
        ...before,
        teamId: wish.teamId === undefined ? before.teamId : wish.teamId,
        ownerId: wish.ownerId === undefined ? before.ownerId : wish.ownerId,
      };
    case 'delete':
      return { ...before, isDisabled: true };
    case 'drift':
      return {
        ...before,
        limit: wish.to?.limit ?? before.limit,
        isDisabled: wish.to?.isDisabled ?? before.isDisabled,
      };
    // What it was before its deletion is found where that is recorded; a name stands in the wish.
    case 'undelete':
    case 'rename':
      return before;
  }
}

/** Sets again what was found; a decision that sent nothing has nothing to take back. */
function takeBack({ decision, found, to }: DriftWish): BulkWish | null {
  if (decision !== 'put_back' || found === null || to === null) return null;
  if (found.limit) return { kind: 'set_limit', limit: found.limit };
  if (found.isDisabled !== undefined) return { kind: found.isDisabled ? 'disable' : 'enable' };
  if (found.name === undefined || to.name === undefined) return null;
  return { kind: 'rename', seenName: to.name, name: found.name };
}

function putBack(before: BulkBefore, wish: BulkWish): BulkWish | null {
  switch (wish.kind) {
    case 'set_limit': {
      const limit: Limit = before.limit;
      return { kind: 'set_limit', limit };
    }
    case 'disable':
      return { kind: 'enable' };
    case 'enable':
      return { kind: 'disable' };
    case 'assign':
      return {
        kind: 'assign',
        ...(wish.teamId === undefined ? {} : { teamId: before.teamId }),
        ...(wish.ownerId === undefined ? {} : { ownerId: before.ownerId }),
      };
    case 'delete':
      return wish.isFinal ? null : { kind: 'undelete' };
    case 'undelete':
      return { kind: 'delete', isFinal: false };
    case 'rename':
      return { kind: 'rename', seenName: wish.name, name: wish.seenName };
    case 'drift':
      return takeBack(wish);
  }
}

/** The change that puts an applied one back; null for what is final, or sent nothing. */
export function undoOf(
  before: BulkBefore,
  wish: BulkWish,
): { readonly before: BulkBefore; readonly wish: BulkWish } | null {
  const back = putBack(before, wish);
  return back && { before: afterOf(before, wish), wish: back };
}
