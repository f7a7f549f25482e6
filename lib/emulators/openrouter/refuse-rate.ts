import type { RateRefusal } from '../shared/rate-limit';
import type { EmulatorContext } from '../shared/wire';
import { ApiError } from './api-error';

/** OpenRouter's own 429, with its rate headers. */
export function refuseRate(c: EmulatorContext, refusal: RateRefusal): Response {
  const error = new ApiError(429, 'Rate limit exceeded', { error_type: 'rate_limit_exceeded' });
  return c.json(error.body(null), 429, {
    'Retry-After': String(refusal.retryAfterSeconds),
    'X-RateLimit-Limit': String(refusal.limit),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(refusal.resetsAtMs),
  });
}
