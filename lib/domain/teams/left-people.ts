/** A live key whose person left, with when it was last used. Instants are ISO texts. */
export type LeftKey = {
  readonly id: number;
  readonly name: string;
  readonly connection: string;
  readonly team: string | null;
  /** A moment that the provider tells, or the last UTC day with requests; null when neither is known. */
  readonly lastUsedAt: string | null;
  /** Whether only the UTC day is known. */
  readonly isLastUseDay: boolean;
};

/** Someone who left, and the keys that need a new owner. */
export type LeftPerson = {
  /** The address in lower case where one is known, else the provider's id. */
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** Disabled in Keyward, or gone from the members of the account that holds the keys. */
  readonly reason: 'disabled' | 'gone';
  readonly keys: readonly LeftKey[];
};
