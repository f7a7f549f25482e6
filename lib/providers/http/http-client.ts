import type { z } from 'zod';
import type { CallOptions, ProviderConfig } from '../port';
import { ProviderError } from '../provider-error';
import { errorOfAnswer, kindOfStatus, kindOfWriteStatus, parseBody } from './error-of-answer';
import { type Answer, exchange, type Lost } from './exchange';
import { type HttpRequest, type ReadRequest, urlOf } from './request';
import { type Sleep, sleep } from './sleep';

const READ_TIMEOUT_MS = 15_000;
const WRITE_TIMEOUT_MS = 20_000;
const MAX_TRIES = 4;
const BASE_BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 8_000;
/** A longer wait is handed to the caller, who reads again on its schedule. */
const MAX_RETRY_AFTER_MS = 65_000;
/** No new try of an unavailable provider after so long: a person may be waiting. */
const MAX_ELAPSED_MS = 45_000;
const MAX_PAUSE_MS = 60_000;

export type HttpClient = {
  /** Sends a read, again after 429, 5xx and network faults, and parses its JSON. Throws `ProviderError`. */
  read<Schema extends z.ZodType>(
    request: ReadRequest<Schema>,
    options?: CallOptions,
  ): Promise<z.output<Schema>>;
  /** Sends a write once; any 2xx that is not plainly someone else's page is a success. Throws `ProviderError`. */
  write(request: HttpRequest, options?: CallOptions): Promise<void>;
  /** Sends a write once and parses its JSON: a success that cannot be read is `unknown_outcome`. */
  writeFor<Schema extends z.ZodType>(
    request: ReadRequest<Schema>,
    options?: CallOptions,
  ): Promise<z.output<Schema>>;
};

type Options = {
  readonly config: ProviderConfig;
  /** Without a trailing slash. The key goes to its origin only. */
  readonly baseUrl: string;
  readonly sleep?: Sleep | undefined;
  readonly random?: (() => number) | undefined;
};

export function createHttpClient(options: Options): HttpClient {
  const sender = createSender(options);
  return {
    read: (request, call = {}) => readWithRetries(options, sender, request, call),
    async write(request, call = {}) {
      const answer = await writeOnce(sender, request, call);
      if (!isPlausibleSuccess(answer.text)) throw unknownOutcome(request, answer.status);
    },
    async writeFor(request, call = {}) {
      const answer = await writeOnce(sender, request, call);
      const parsed = request.schema.safeParse(parseBody(answer.text));
      if (!parsed.success) throw unknownOutcome(request, answer.status);
      return parsed.data;
    },
  };
}

type Sender = {
  send(request: HttpRequest, priority: 'change' | 'read', call: CallOptions): Promise<Answer | Lost>;
  toError(kind: ProviderError['kind'], answer: Answer, request: HttpRequest): ProviderError;
  pause(ms: number): void;
};

function createSender({ config, baseUrl }: Options): Sender {
  const { rateLimiter, managementKey, timeoutMs } = config;
  const { origin } = new URL(baseUrl);
  return {
    async send(request, priority, { signal }) {
      const url = urlOf(baseUrl, request);
      if (url.origin !== origin) throw new ProviderError('invalid_request', request.operation);
      const release = await rateLimiter.acquire(priority, signal);
      try {
        signal?.throwIfAborted();
        return await exchange({
          fetch: config.fetch ?? fetch,
          url,
          init: initOf(request, managementKey),
          timeoutMs: timeoutMs ?? (priority === 'change' ? WRITE_TIMEOUT_MS : READ_TIMEOUT_MS),
          signal,
        });
      } finally {
        release();
      }
    },
    toError: (kind, answer, { operation }) =>
      errorOfAnswer(kind, answer, { operation, managementKey, now: config.now() }),
    pause: (ms) => rateLimiter.pause(Math.min(ms, MAX_PAUSE_MS)),
  };
}

function initOf({ method = 'GET', body }: HttpRequest, managementKey: string): RequestInit {
  const headers = { accept: 'application/json', authorization: `Bearer ${managementKey}` };
  if (body === undefined) return { method, headers };
  return {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

async function readWithRetries<Schema extends z.ZodType>(
  { sleep: wait = sleep, random = Math.random }: Options,
  sender: Sender,
  request: ReadRequest<Schema>,
  call: CallOptions,
): Promise<z.output<Schema>> {
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    const answer = await sender.send(request, 'read', call);
    call.signal?.throwIfAborted();
    const error = readErrorOf(sender, answer, request);
    if (error === null) return parseRead(answer, request);
    const delay = delayAfter(error, attempt, random);
    if (isAskedToWait(error) && !request.hasOwnRate) sender.pause(delay);
    const isLast = attempt >= MAX_TRIES || !isWorthARetry(error, performance.now() - startedAt + delay);
    if (isLast || delay > MAX_RETRY_AFTER_MS) throw error;
    await wait(delay, call.signal);
  }
}

/** Full jitter, or what the provider asked for and a little more, so that not all return at once. */
function delayAfter({ retryAfterMs }: ProviderError, attempt: number, random: () => number): number {
  if (retryAfterMs !== undefined) return retryAfterMs + random() * BASE_BACKOFF_MS;
  return random() * Math.min(MAX_BACKOFF_MS, BASE_BACKOFF_MS * 2 ** attempt);
}

/** A refusal may carry the header too; it asks nobody else to wait. */
function isAskedToWait({ kind, retryAfterMs }: ProviderError): boolean {
  if (kind === 'rate_limited') return true;
  return retryAfterMs !== undefined && (kind === 'unavailable' || kind === 'unknown_outcome');
}

function isWorthARetry({ kind }: ProviderError, elapsedMs: number): boolean {
  return kind === 'rate_limited' || (kind === 'unavailable' && elapsedMs < MAX_ELAPSED_MS);
}

function readErrorOf(sender: Sender, answer: Answer | Lost, request: HttpRequest): ProviderError | null {
  if ('lost' in answer) return new ProviderError('unavailable', request.operation);
  const kind = kindOfStatus(answer.status);
  return kind === null ? null : sender.toError(kind, answer, request);
}

function parseRead<Schema extends z.ZodType>(
  answer: Answer | Lost,
  { schema, operation }: ReadRequest<Schema>,
): z.output<Schema> {
  const parsed = schema.safeParse('lost' in answer ? undefined : parseBody(answer.text));
  if (parsed.success) return parsed.data;
  throw new ProviderError('invalid_response', operation, {
    status: 'lost' in answer ? undefined : answer.status,
  });
}

async function writeOnce(sender: Sender, request: HttpRequest, call: CallOptions): Promise<Answer> {
  const answer = await sender.send(request, 'change', call);
  if ('lost' in answer) {
    throw answer.lost === 'never_sent'
      ? new ProviderError('unavailable', request.operation)
      : unknownOutcome(request);
  }
  const kind = kindOfWriteStatus(answer.status);
  if (kind === null) return answer;
  const error = sender.toError(kind, answer, request);
  if (isAskedToWait(error)) sender.pause(error.retryAfterMs ?? BASE_BACKOFF_MS);
  throw error;
}

function unknownOutcome({ operation }: HttpRequest, status?: number): ProviderError {
  return new ProviderError('unknown_outcome', operation, { status });
}

/** Empty, JSON or a plain word: the vendor's. A page or cut-off JSON: nobody knows who said it. */
function isPlausibleSuccess(text: string): boolean {
  return !/^\s*[<{[]/.test(text) || parseBody(text) !== undefined;
}
