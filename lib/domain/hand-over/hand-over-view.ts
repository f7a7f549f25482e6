import type { Usd } from '../money/usd';
import type { HandOverAccess, HandOverState } from './hand-over-state';

/** What the one who opened a link sees before the click. Instants are ISO texts. */
export type PickUpView = {
  readonly state: HandOverState;
  readonly access: HandOverAccess;
  readonly senderName: string;
  readonly recipientName: string | null;
  readonly keyName: string;
  readonly providerName: string;
  readonly expiresAt: string;
  readonly collectedAt: string | null;
};

/** The one answer that holds the secret. */
export type CollectedSecret = { readonly keyName: string; readonly secret: string };

/** What the sender sees of a hand-over. Instants are ISO texts. */
export type HandOverView = {
  readonly id: string;
  readonly keyId: number;
  readonly keyName: string;
  readonly connectionName: string;
  readonly state: HandOverState;
  readonly senderName: string;
  readonly recipientName: string | null;
  readonly isSignInNeeded: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly collectedAt: string | null;
  /** Null when whoever collected it was not signed in. */
  readonly collectedByName: string | null;
  readonly revokedAt: string | null;
  /** Withdrawn or expired, and its key is not stopped yet: that is tried again. */
  readonly isKeyStillOpen: boolean;
};

/** What became of a key whose secret nobody holds. */
export type KeyStop =
  | { readonly kind: 'disabled' }
  | { readonly kind: 'capped'; readonly amount: Usd }
  /** Disabled, capped or blocked by someone before. */
  | { readonly kind: 'stopped_before' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly why: string };

/** The link is in this answer alone. */
export type HandedOverKey = {
  readonly keyId: number;
  readonly name: string;
  readonly url: string;
  readonly expiresAt: string;
  readonly shortfalls: readonly string[];
};
