import type { Usd } from '../money/usd';
import type { UtcDay } from '../periods/utc-day';

/** Requests of the last hour, from the provider this moment. */
export type LastHour = {
  readonly requests: number;
  /** ISO instant: an hour ago, or the beginning of the UTC hour before where whole hours are all that is told. */
  readonly since: string;
  readonly isExact: boolean;
};

/** What still uses a key: the blast radius of stopping it. */
export type KeyUse = {
  readonly keyId: number;
  readonly name: string;
  readonly ownerName: string | null;
  readonly teamName: string | null;
  /** Requests on the current UTC day; null when that day was not read yet. */
  readonly requestsToday: number | null;
  readonly requestsYesterday: number;
  readonly models: readonly string[];
  /** The last use as the provider tells it (ISO), or null where it does not. */
  readonly lastUsedAt: string | null;
  /** The last UTC day with requests that Keyward knows of. */
  readonly lastUsedDay: UtcDay | null;
  readonly monthSpend: Usd;
  /** A link to its secret still waits to be used. */
  readonly hasWaitingHandOver: boolean;
  /** Requests today or yesterday, or a use in the last 24 hours; unknown use counts as use. */
  readonly isInUse: boolean;
};
