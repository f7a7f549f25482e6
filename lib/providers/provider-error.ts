export const providerErrorKinds = [
  'unauthorized',
  'forbidden',
  'not_found',
  'invalid_request',
  'rate_limited',
  'unavailable',
  'unsupported',
  'invalid_response',
  'unknown_outcome',
] as const;
export type ProviderErrorKind = (typeof providerErrorKinds)[number];

type Details = {
  /** The HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  /** The vendor's own sentence, already freed of secrets and cut short; shown as the provider's words. */
  readonly providerMessage?: string | undefined;
};

/**
 * Next loads modules several times in one process (pages, routes, instrumentation), and what one of them opened
 * serves them all: the error is known by this mark, since its class differs.
 */
const MARK = Symbol.for('keyward.ProviderError');

/**
 * The one error an adapter throws. Its kind comes from the status (or from the lack of one), never from
 * a message; its own message never holds a secret or a body.
 */
export class ProviderError extends Error {
  readonly [MARK] = true;
  readonly kind: ProviderErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly providerMessage: string | undefined;

  constructor(kind: ProviderErrorKind, operation: string, details: Details = {}) {
    super(`${operation}: ${kind}${details.status === undefined ? '' : ` (${details.status})`}`);
    this.name = 'ProviderError';
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.providerMessage = details.providerMessage;
  }

  static override [Symbol.hasInstance](value: unknown): value is ProviderError {
    return typeof value === 'object' && value !== null && MARK in value;
  }
}
