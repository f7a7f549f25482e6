import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

const CONNECT_MS = 10_000;
const IDLE_MS = 4_000;
const WITHOUT_BODY = new Set([204, 205, 304]);

export type GuardedFetchOptions = {
  readonly lookup: LookupFunction;
  /** Rejects for a host that must not be called. */
  readonly check: (hostname: string) => Promise<void>;
};

/**
 * The part of `fetch` that calls of JSON APIs need (method, headers, a body of text, a signal), on connections that
 * go through `lookup`. Redirects come back as they are. Rejects as `fetch` does: a `TypeError` whose cause has the
 * code, or `ERR_NEVER_CONNECTED` when nothing was sent.
 */
export function createGuardedFetch({ lookup, check }: GuardedFetchOptions): typeof fetch {
  const kept = { keepAlive: true, timeout: IDLE_MS, lookup };
  const reading = { http: new http.Agent(kept), https: new https.Agent(kept) };
  const writing = { http: new http.Agent({ lookup }), https: new https.Agent({ lookup }) };
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const scheme = url.protocol === 'https:' ? 'https' : 'http';
    // A connection that was idle may be closed just when a write is sent, which would leave its outcome unknown.
    const agents = (init.method ?? 'GET') === 'GET' ? reading : writing;
    try {
      init.signal?.throwIfAborted();
      await check(url.hostname);
      return await send(url, init, { module: scheme === 'https' ? https : http, agent: agents[scheme] });
    } catch (error) {
      throw new TypeError('fetch failed', { cause: error });
    }
  };
}

type Transport = { readonly module: typeof http | typeof https; readonly agent: http.Agent };

function send(url: URL, init: RequestInit, { module, agent }: Transport): Promise<Response> {
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const headers = Object.fromEntries(new Headers(init.headers));
    const request = module.request(url, {
      method: init.method ?? 'GET',
      headers: { 'accept-encoding': 'gzip', 'user-agent': 'Keyward', ...headers },
      agent,
      ...(init.signal ? { signal: init.signal } : {}),
    });
    const timer = setTimeout(() => request.destroy(new Error('no connection in time')), CONNECT_MS);
    const connected = () => {
      isConnected = true;
      clearTimeout(timer);
    };
    request.on('socket', (socket) => {
      if (!socket.connecting) connected();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(isConnected ? error : neverConnected(error));
    });
    request.on('response', (message) => {
      try {
        resolve(toResponse(message));
      } catch (error) {
        message.destroy();
        reject(error);
      }
    });
    request.end(typeof init.body === 'string' ? init.body : undefined);
  });
}

function neverConnected(error: Error): Error {
  if ('code' in error && error.code === 'ERR_FORBIDDEN_ADDRESS') return error;
  if (error.name === 'AbortError') return error;
  return Object.assign(new Error(error.message, { cause: error }), { code: 'ERR_NEVER_CONNECTED' });
}

function toResponse(message: IncomingMessage): Response {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    headers.append(message.rawHeaders[at] ?? '', message.rawHeaders[at + 1] ?? '');
  }
  if (WITHOUT_BODY.has(status)) {
    message.resume();
    return new Response(null, { status, headers });
  }
  return new Response(toWebStream(decoded(message)), { status, headers });
}

function decoded(message: IncomingMessage): Readable {
  if (message.headers['content-encoding']?.toLowerCase() !== 'gzip') return message;
  // A fault of either side destroys the other, and shows as the error of what is read.
  return pipeline(message, createGunzip(), () => undefined);
}

function toWebStream(source: Readable): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let isOver = false;
      const finish = (act: () => void) => {
        if (!isOver) act();
        isOver = true;
      };
      source.on('data', (chunk: Buffer) => {
        if (!isOver) controller.enqueue(new Uint8Array(chunk));
      });
      source.on('end', () => finish(() => controller.close()));
      source.on('error', (error) => finish(() => controller.error(error)));
      source.on('close', () => finish(() => controller.error(new Error('the answer was cut off'))));
    },
    cancel() {
      source.destroy();
    },
  });
}
