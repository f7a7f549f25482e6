export type HandOverState = 'waiting' | 'collected' | 'revoked' | 'expired';

export type HandOverMoments = {
  readonly expiresAt: Date;
  readonly collectedAt: Date | null;
  readonly revokedAt: Date | null;
};

/** What became of a hand-over. From `expiresAt` on nobody can collect it, whether it was wiped yet or not. */
export function handOverStateOf(moments: HandOverMoments, now: Date): HandOverState {
  if (moments.collectedAt !== null) return 'collected';
  if (moments.revokedAt !== null) return 'revoked';
  return now.getTime() >= moments.expiresAt.getTime() ? 'expired' : 'waiting';
}

export type HandOverAudience = { readonly recipientId: string | null; readonly isSignInNeeded: boolean };

export type HandOverAccess = 'open' | 'sign_in' | 'other_person';

/** Whether a person (null: nobody is signed in) may open it, the right link given. */
export function handOverAccessOf(audience: HandOverAudience, viewerId: string | null): HandOverAccess {
  if (viewerId === null) return audience.isSignInNeeded || audience.recipientId !== null ? 'sign_in' : 'open';
  return audience.recipientId === null || audience.recipientId === viewerId ? 'open' : 'other_person';
}

/** An unknown link and a wrong key are told the same, so that nobody learns which links exist. */
export const unknownLinkWords = {
  title: 'This link opens nothing',
  text: 'It may not be complete: open it exactly as it was sent to you, or ask the sender for a new one.',
} as const;

/** Why a hand-over gives out nothing any more, in words for the person who opened the link. */
export const closedLinkWords: Record<Exclude<HandOverState, 'waiting'>, string> = {
  collected:
    'The secret was picked up already and is not held here any more. If it was not you, tell the sender at once.',
  revoked: 'The sender withdrew it. The secret is not held here any more.',
  expired:
    'It was not picked up in time. The secret is not held here any more: ask the sender for a new key.',
};
