/** How an unknown outcome is looked at while a person waits for it. All in milliseconds. */
export type SettleTiming = {
  /** The pauses before each look; their number bounds the looks. */
  readonly pausesMs: readonly number[];
  /** No look goes on after so long in all. */
  readonly budgetMs: number;
  /** Quiet after a lost answer before "it did not happen" is believed. */
  readonly quietMs: number;
};

export const inCallTiming: SettleTiming = {
  pausesMs: [300, 700, 1_200, 1_500, 2_000],
  budgetMs: 8_000,
  quietMs: 2_000,
};

const LONGEST_QUIET_MS = 60_000;
const FIRST_BACKOFF_MS = 2_000;
const LONGEST_BACKOFF_MS = 300_000;

/** So many looks without an answer, and a person is told. */
export const LOOKS_BEFORE_INCIDENT = 6;

/** After "it did not happen" the provider is looked at again at these ages: a slow call may land late. */
export const RECHECK_AGES_MS: readonly number[] = [30_000, 300_000];

/** A secret that travelled in an answer is confirmed as seen within so long, or its key is stopped. */
export const SEEN_WITHIN_MS = 600_000;

type LostCall = { readonly sentAt: Date | null; readonly answeredAt: Date | null };

/**
 * Whether a call whose answer was lost can be said not to have happened by what is seen now. A provider that
 * kept the caller waiting may still be at it: the quiet lasts as long again as the call itself took, a minute
 * at the most.
 */
export function isQuiet(call: LostCall, now: Date, quietMs: number): boolean {
  const sent = call.sentAt?.getTime() ?? 0;
  const lost = call.answeredAt?.getTime() ?? sent;
  const needed = Math.max(quietMs, Math.min(LONGEST_QUIET_MS, lost - sent));
  return now.getTime() - lost >= needed;
}

/** The pause before the next look, after so many: doubling, five minutes at the most. */
export function backoffMs(looks: number): number {
  return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(looks, 20));
}

type Settled = { readonly settledAt: Date | null; readonly checkedAt: Date | null };

/**
 * After a recheck that found nothing: when the next one follows. A clock that jumps ahead must not use them all up
 * while the call is still on its way, so one more always follows the first.
 */
export function nextRecheckAt({ settledAt, checkedAt }: Settled, now: Date): Date | null {
  const settled = settledAt ?? now;
  const isFirst = checkedAt === null || checkedAt.getTime() <= settled.getTime();
  return recheckAt(settled, now) ?? (isFirst ? recheckAt(now, now) : null);
}

/** When a change that was settled as not applied is looked at again; null when often enough. */
export function recheckAt(settledAt: Date, now: Date): Date | null {
  const next = RECHECK_AGES_MS.find((age) => settledAt.getTime() + age > now.getTime());
  return next === undefined ? null : new Date(settledAt.getTime() + next);
}
