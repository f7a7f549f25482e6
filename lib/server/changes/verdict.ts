/** What looking at the provider says about a change whose answer was lost. */
export type Verdict =
  | { readonly kind: 'applied'; readonly keyId: number | null; readonly words: string }
  | { readonly kind: 'not_applied'; readonly words: string }
  /** Not applied, and something else than before is there now. */
  | {
      readonly kind: 'other';
      readonly words: string;
      readonly seen: unknown;
      readonly current: Readonly<Record<string, unknown>>;
    }
  /** It cannot be told, nor will it be: the person sets the value again. */
  | { readonly kind: 'abandoned'; readonly words: string }
  /** Not yet known: it is looked at again later. `isReached` is false when the provider told nothing. */
  | { readonly kind: 'open'; readonly isReached: boolean; readonly why: string }
  /** An incident asks a person. */
  | { readonly kind: 'asked'; readonly why: string };
