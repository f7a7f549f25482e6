import { addDays, startOfUtcDay, type UtcDay } from '../periods/utc-day';

export type KnownDay = { readonly state: 'complete' | 'open' | 'missing'; readonly fetchedAt: Date };

export type UsagePlanInput = {
  readonly now: Date;
  readonly today: UtcDay;
  readonly canReadToday: boolean;
  /** How many days the provider tells, today included; null when it states no bound. */
  readonly historyDays: number | null;
  readonly known: ReadonlyMap<UtcDay, KnownDay>;
  /** The oldest day with any use so far. */
  readonly oldestUse: UtcDay | null;
  /** A person asked: days that could not be read are tried again at once. */
  readonly isRetryingAtOnce: boolean;
};

export type UsagePlan = {
  /** Newest first. */
  readonly pending: readonly UtcDay[];
  /** How many days the whole history has, today included. */
  readonly horizon: number;
};

const LONGEST_HISTORY = 400;
/** Where a provider states no bound, so many days in a row without use mean that history begins there. */
const EMPTY_RUN = 60;
const RETRY_MISSING_MS = 30 * 60_000;
/** Providers book late: so many ended days are read once more on the next day. */
export const LATE_BOOKING_DAYS = 2;

function oldestDay(input: UsagePlanInput): UtcDay {
  const { today, historyDays, known, oldestUse } = input;
  if (historyDays !== null) return addDays(today, 1 - historyDays);
  const last = addDays(today, 1 - LONGEST_HISTORY);
  let day = addDays(oldestUse ?? today, -1);
  for (let run = 0; day > last && known.get(day)?.state === 'complete'; day = addDays(day, -1)) {
    run += 1;
    if (run >= EMPTY_RUN) return day;
  }
  return last;
}

function isPending(day: UtcDay, input: UsagePlanInput): boolean {
  const { today, now } = input;
  if (day === today) return input.canReadToday;
  const known = input.known.get(day);
  switch (known?.state) {
    case undefined:
    case 'open':
      return true;
    case 'missing':
      return input.isRetryingAtOnce || now.getTime() - known.fetchedAt.getTime() >= RETRY_MISSING_MS;
    case 'complete':
      return day >= addDays(today, -LATE_BOOKING_DAYS) && known.fetchedAt < startOfUtcDay(today);
  }
}

/** Which days of usage to read, newest first: today, what is not known for sure, and late bookings once. */
export function planUsageDays(input: UsagePlanInput): UsagePlan {
  const oldest = oldestDay(input);
  const pending: UtcDay[] = [];
  let horizon = 0;
  for (let day = input.today; day >= oldest; day = addDays(day, -1)) {
    horizon += 1;
    if (isPending(day, input)) pending.push(day);
  }
  return { pending, horizon };
}

/** The newest pending days that follow one another, at most `maxDays` of them. */
export function takeWindow(
  pending: readonly UtcDay[],
  maxDays: number,
): { readonly from: UtcDay; readonly to: UtcDay; readonly days: number } | null {
  const [to] = pending;
  if (to === undefined) return null;
  let days = 1;
  while (days < maxDays && pending[days] === addDays(to, -days)) days += 1;
  return { from: addDays(to, 1 - days), to, days };
}
