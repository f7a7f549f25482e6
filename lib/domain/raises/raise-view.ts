import type { Limit } from '../limits/limit';
import type { RaiseState } from './raise';

/** What the raises of one key come to, for the key table. */
export type KeyRaiseWire = {
  readonly keyId: number;
  readonly base: Limit;
  /** When the first of them ends; ISO. */
  readonly endsAt: string;
  readonly count: number;
};

/** The same, decoded for a row. */
export type KeyRaise = {
  /** What the key goes back to when all its raises are over. */
  readonly base: Limit;
  readonly endsAtMs: number;
  readonly count: number;
};

export type RaiseView = {
  readonly id: string;
  readonly state: RaiseState;
  readonly base: Limit;
  readonly raised: Limit;
  readonly reason: string;
  readonly startedByName: string | null;
  readonly requestId: string | null;
  /** ISO instants. */
  readonly startsAt: string;
  readonly endsAt: string;
  /** Why its end could not be set yet, or what came of it. */
  readonly failure: string | null;
  readonly attempts: number;
};

export type KeyRaises = {
  /** Not over, the one that ends first in front. */
  readonly open: readonly RaiseView[];
  /** The limit that the open ones hold together; null without one. */
  readonly held: Limit | null;
  /** Null while the key's limit is what they hold; else what is there instead. */
  readonly foundInstead: Limit | null;
};
