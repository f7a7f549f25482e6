/** How one try to deliver went. */
export type Attempt =
  | { readonly kind: 'delivered'; readonly status: number | null }
  | {
      readonly kind: 'failed';
      readonly status: number | null;
      /** In words for people, without secrets. */
      readonly failure: string;
      /** Trying again would change nothing. */
      readonly isFinal: boolean;
      /** Someone brought it about, so nobody is told: the webhook was switched off, the person is gone. */
      readonly isWanted?: boolean | undefined;
      /** So long the receiver asked to wait; 0 if it did not. */
      readonly retryAfterMs: number;
    };
