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
 * The one error an adapter throws. Its kind comes from the status (or from the lack of one), never from
 * a message; its own message never holds a secret or a body.
 */
export class ProviderError extends Error {
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
}
