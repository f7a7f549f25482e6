import { createMiddleware } from 'hono/factory';
import { presentedKey } from './auth';
import type { EmulatorContext, EmulatorEnv } from './wire';

export interface RateRefusal {
  retryAfterSeconds: number;
  limit: number;
  resetsAtMs: number;
}

const WINDOW_MS = 60_000;

/**
 * Lets `perMinute()` calls of one key through in each real minute that begins with its first call; the others get
 * the vendor's own refusal. Null lets all through.
 */
export function rateLimitMiddleware(
  perMinute: () => number | null,
  refuse: (c: EmulatorContext, refusal: RateRefusal) => Response,
) {
  const windows = new Map<string, { since: number; calls: number }>();
  return createMiddleware<EmulatorEnv>(async (c, next) => {
    const limit = perMinute();
    if (limit === null) return next();
    const who = presentedKey(c) ?? 'nobody';
    const now = Date.now();
    const known = windows.get(who);
    const window = known && now - known.since < WINDOW_MS ? known : { since: now, calls: 0 };
    windows.set(who, window);
    window.calls += 1;
    if (window.calls <= limit) return next();
    const resetsAtMs = window.since + WINDOW_MS;
    return refuse(c, {
      limit,
      resetsAtMs,
      retryAfterSeconds: Math.max(1, Math.ceil((resetsAtMs - now) / 1000)),
    });
  });
}
