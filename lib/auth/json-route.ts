import 'server-only';
import type { AppErrorCode, Outcome } from '@/lib/domain/outcome';
import { toOutcome } from '@/lib/server/to-outcome';
import { getRouteContext } from './get-route-context';
import type { PageContext } from './require-page-context';

const STATUS: Record<AppErrorCode, number> = {
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 400,
  conflict: 409,
  stale: 409,
  unsupported: 400,
  provider_refused: 502,
  provider_unavailable: 502,
  outcome_unknown: 502,
  throttled: 429,
  internal: 500,
};

const SIGNED_OUT: Outcome<never> = {
  ok: false,
  error: { code: 'signed_out', message: 'Your session has ended. Sign in again to go on.' },
};

/** Session to context, call the verb, answer its outcome as JSON that no cache keeps. */
export async function jsonRoute<T>(verb: (context: PageContext) => Promise<T>): Promise<Response> {
  const context = await getRouteContext();
  const outcome = context ? await toOutcome(context.requestId, () => verb(context)) : SIGNED_OUT;
  return Response.json(outcome, {
    status: outcome.ok ? 200 : STATUS[outcome.error.code],
    headers: { 'cache-control': 'no-store' },
  });
}
