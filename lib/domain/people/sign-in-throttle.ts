/** Failed tries of one account or one network address. */
export type ThrottleState = {
  readonly failures: number;
  readonly windowStartedAt: Date;
  readonly blockedUntil: Date | null;
};

export type ThrottleRule = {
  /** Tries before the first wait. */
  readonly freeTries: number;
};

export const accountRule: ThrottleRule = { freeTries: 5 };
/** Wider: many people may share one address. */
export const addressRule: ThrottleRule = { freeTries: 25 };

const SECOND_MS = 1000;
const LONGEST_WAIT_MS = 15 * 60 * SECOND_MS;
const WINDOW_MS = 60 * 60 * SECOND_MS;

/** Milliseconds until a further try is looked at; 0 when it may be made now. */
export function waitMs(state: ThrottleState | null, now: Date): number {
  if (!state?.blockedUntil) return 0;
  return Math.max(0, state.blockedUntil.getTime() - now.getTime());
}

/** The state after one more try: beyond the free ones each doubles the wait, from 1 s up to 15 min. */
export function countTry(state: ThrottleState | null, rule: ThrottleRule, now: Date): ThrottleState {
  const isFresh = state === null || now.getTime() - state.windowStartedAt.getTime() >= WINDOW_MS;
  const failures = isFresh ? 1 : state.failures + 1;
  const beyond = failures - rule.freeTries;
  const wait = beyond < 0 ? 0 : Math.min(LONGEST_WAIT_MS, SECOND_MS * 2 ** Math.min(beyond, 20));
  return {
    failures,
    windowStartedAt: isFresh ? now : state.windowStartedAt,
    blockedUntil: wait === 0 ? null : new Date(now.getTime() + wait),
  };
}
