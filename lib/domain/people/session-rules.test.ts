import { describe, expect, it } from 'vitest';
import { isSessionLive, isTouchDue } from './session-rules';

const now = new Date('2026-11-20T10:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const live = { expiresAt: new Date(now.getTime() + 1), revokedAt: null, lastSeenAt: now };

describe('a session', () => {
  it('stands until it is ended, expires or lies idle', () => {
    expect(isSessionLive(live, now, 30)).toBe(true);
    expect(isSessionLive({ ...live, revokedAt: now }, now, 30)).toBe(false);
    expect(isSessionLive({ ...live, expiresAt: now }, now, 30)).toBe(false);
    expect(isSessionLive({ ...live, lastSeenAt: ago(30 * 60_000 - 1) }, now, 30)).toBe(true);
    expect(isSessionLive({ ...live, lastSeenAt: ago(30 * 60_000) }, now, 30)).toBe(false);
  });

  it('has its use written at most once a minute', () => {
    expect(isTouchDue({ ...live, lastSeenAt: ago(59_999) }, now)).toBe(false);
    expect(isTouchDue({ ...live, lastSeenAt: ago(60_000) }, now)).toBe(true);
  });
});
