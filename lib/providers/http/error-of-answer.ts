import { ProviderError, type ProviderErrorKind } from '../provider-error';
import type { Answer } from './exchange';
import { isRecord } from './lenient';
import { parseRetryAfter } from './retry-after';
import { scrub } from './scrub';

/** What a status means for a read; null for a 2xx. */
export function kindOfStatus(status: number): ProviderErrorKind | null {
  if (status >= 200 && status < 300) return null;
  if (status < 400) return 'invalid_response';
  if (status >= 500 || status === 408) return 'unavailable';
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not_found';
    case 405:
      return 'unsupported';
    case 429:
      return 'rate_limited';
    default:
      return 'invalid_request';
  }
}

/** What a status means for a write that was sent once; null for a 2xx. */
export function kindOfWriteStatus(status: number): ProviderErrorKind | null {
  const kind = kindOfStatus(status);
  return kind === 'unavailable' || kind === 'invalid_response' ? 'unknown_outcome' : kind;
}

/** The JSON of a body; undefined when it is empty, cut off or not JSON at all. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(text: string): string | null {
  const body = parseBody(text);
  if (body === undefined) return /^\s*([<{[]|$)/.test(text) ? null : text;
  const error = isRecord(body) ? (body.error ?? body.message) : body;
  const message = isRecord(error) ? error.message : error;
  return typeof message === 'string' && message.trim() !== '' ? message : null;
}

type Context = { readonly operation: string; readonly managementKey: string; readonly now: Date };

/** The error of an answer that is not a success, in the provider's own scrubbed words where it has any. */
export function errorOfAnswer(kind: ProviderErrorKind, answer: Answer, context: Context): ProviderError {
  const message = messageOf(answer.text);
  return new ProviderError(kind, context.operation, {
    status: answer.status,
    retryAfterMs: parseRetryAfter(answer.retryAfter, context.now),
    providerMessage: message === null ? undefined : scrub(message, context.managementKey),
  });
}
