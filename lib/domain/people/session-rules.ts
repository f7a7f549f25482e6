const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** However busy, a session ends this long after sign-in. */
export const SESSION_LIFETIME_MS = 14 * DAY_MS;
/** How often, at most, a session's last use is written. */
export const SESSION_TOUCH_MS = MINUTE_MS;

export type SessionState = {
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastSeenAt: Date;
};

/** Whether a session still stands for its person. */
export function isSessionLive(session: SessionState, now: Date, idleMinutes: number): boolean {
  if (session.revokedAt !== null || session.expiresAt <= now) return false;
  return now.getTime() - session.lastSeenAt.getTime() < idleMinutes * MINUTE_MS;
}

/** Whether the use of a session is to be written now. */
export function isTouchDue(session: SessionState, now: Date): boolean {
  return now.getTime() - session.lastSeenAt.getTime() >= SESSION_TOUCH_MS;
}
