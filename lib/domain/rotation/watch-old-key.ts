import { addDays, startOfUtcDay, type UtcDay, utcDayOf } from '../periods/utc-day';

const HOUR_MS = 3_600_000;

export type WatchedDay = {
  readonly day: UtcDay;
  readonly state: 'complete' | 'open' | 'missing';
  readonly fetchedAt: Date;
};

/** What is known of the old key's use. Every figure comes from the provider, none from a clock alone. */
export type WatchFacts = {
  readonly quietHours: number;
  /** Since when no request is known, and how many requests were known then. */
  readonly quietSince: Date;
  readonly lastRequests: number;
  /** Requests in the facts since the day on which the rotation began. */
  readonly requests: number;
  readonly lastUsedAt: Date | null;
  /**
   * When a listing last brought news of the key, where the provider does not tell its last use: a spend counter
   * that moved is such news, and what else moved is taken for use rather than overlooked. Null where it is told.
   */
  readonly newsAt: Date | null;
  /** When the new secret was picked up, where it was handed over. */
  readonly pickedUpAt: Date | null;
  /** When the last complete read of keys began; null without one. */
  readonly keysSeenUntil: Date | null;
  /** The known days of usage; null where the provider tells no usage by day. */
  readonly days: readonly WatchedDay[] | null;
  readonly waitUntil: Date | null;
  readonly now: Date;
};

export type Watch = {
  readonly quietSince: Date;
  readonly lastRequests: number;
  /** Until when complete reads have seen the key; null when they never did. */
  readonly seenUntil: Date | null;
  /** How long no request was seen, as far as the reads reach. Milliseconds. */
  readonly quietMs: number;
  /** The earliest moment at which the quiet can be long enough. */
  readonly earliest: Date;
  readonly isQuiet: boolean;
};

/** Until when usage is known without a gap, from `from` on. */
export function usageSeenUntil(from: Date, days: readonly WatchedDay[]): Date {
  const known = new Map(days.map((day) => [day.day, day]));
  let day = utcDayOf(from);
  while (known.get(day)?.state === 'complete') day = addDays(day, 1);
  const found = known.get(day);
  return found?.state === 'open' ? found.fetchedAt : startOfUtcDay(day);
}

function latest(...moments: readonly (Date | null)[]): Date {
  return new Date(Math.max(...moments.map((moment) => moment?.getTime() ?? 0)));
}

function quietSinceOf(facts: WatchFacts): Date {
  const { quietSince, now, lastUsedAt, newsAt, pickedUpAt } = facts;
  const used = facts.requests === facts.lastRequests ? null : now;
  const told = lastUsedAt !== null && lastUsedAt > now ? now : lastUsedAt;
  return latest(quietSince, told, newsAt, pickedUpAt, used);
}

function seenUntilOf({ keysSeenUntil, days }: WatchFacts, quietSince: Date): Date | null {
  if (keysSeenUntil === null) return null;
  if (days === null) return keysSeenUntil;
  const usage = usageSeenUntil(quietSince, days);
  return usage < keysSeenUntil ? usage : keysSeenUntil;
}

/**
 * How quiet the old key is. The quiet grows only as far as complete reads of its key and of its usage reach: where
 * none came, it stands still.
 */
export function watchOldKey(facts: WatchFacts): Watch {
  const quietSince = quietSinceOf(facts);
  const seenUntil = seenUntilOf(facts, quietSince);
  const needed = facts.quietHours * HOUR_MS;
  const quietMs = Math.max(0, (seenUntil?.getTime() ?? 0) - quietSince.getTime());
  const byQuiet = new Date(quietSince.getTime() + needed);
  const { waitUntil, now } = facts;
  return {
    quietSince,
    lastRequests: facts.requests,
    seenUntil,
    quietMs,
    earliest: latest(byQuiet, waitUntil),
    isQuiet: quietMs >= needed && (waitUntil === null || now >= waitUntil),
  };
}
