import { isRecord } from './lenient';

export type Answer = { readonly status: number; readonly retryAfter: string | null; readonly text: string };

/** Why there is no answer: no connection came about, or it was lost (or timed out) after something was sent. */
export type Lost = { readonly lost: 'never_sent' | 'no_answer' };

const NEVER_CONNECTED = new Set([
  'ERR_NEVER_CONNECTED',
  'ERR_FORBIDDEN_ADDRESS',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function isNeverSent(error: unknown): boolean {
  const cause = error instanceof Error && isRecord(error.cause) ? error.cause : {};
  return typeof cause.code === 'string' && NEVER_CONNECTED.has(cause.code);
}

type Exchange = {
  readonly fetch: typeof fetch;
  readonly url: URL;
  readonly init: RequestInit;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
};

/** One call, answer read whole within the time-out. A redirect is an answer and is never followed. */
export async function exchange({ fetch, url, init, timeoutMs, signal }: Exchange): Promise<Answer | Lost> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      cache: 'no-store',
      signal: controller.signal,
    });
    return await readAnswer(response);
  } catch (error) {
    return { lost: isNeverSent(error) ? 'never_sent' : 'no_answer' };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** A refusal stays a refusal when its body is cut off; a success whose body is cut off is lost. */
async function readAnswer(response: Response): Promise<Answer | Lost> {
  const status = response.type === 'opaqueredirect' ? 302 : response.status;
  const retryAfter = response.headers.get('retry-after');
  try {
    return { status, retryAfter, text: await response.text() };
  } catch {
    return response.ok ? { lost: 'no_answer' } : { status, retryAfter, text: '' };
  }
}
