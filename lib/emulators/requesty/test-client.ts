import http from 'node:http';
import { parseNano } from '../shared/money';
import { isRecord } from '../shared/wire';
import { type RequestyEmulatorOptions, type StartedRequestyEmulator, startRequestyEmulator } from './index';

/** A Friday; the clock of every test stands still here. */
export const NOW = '2026-11-20T10:30:00Z';
export const MONTH_START = '2026-11-01T00:00:00Z';
export const MONTH_END = '2026-12-01T00:00:00Z';

type Json = Record<string, unknown>;
export type Answer = { status: number; text: string; headers: http.IncomingHttpHeaders; json: Json };
export type CallOptions = { key?: string | null; body?: unknown; raw?: string };

export type TestEmulator = StartedRequestyEmulator & {
  /** A call to a path such as `/v1/manage/apikey`, with the management key unless another (or none) is given. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  createKey(body: Json): Promise<{ id: string; secret: string }>;
};

export async function startForTest(options: RequestyEmulatorOptions = {}): Promise<TestEmulator> {
  const started = await startRequestyEmulator({
    port: 0,
    keys: 40,
    historyDays: 120,
    now: NOW,
    freeze: true,
    ...options,
  });
  const call = (method: string, path: string, { key, body, raw }: CallOptions = {}) => {
    const bearer = key === undefined ? started.managementKey : key;
    return send(
      method,
      started.url + path,
      bearer,
      raw ?? (body === undefined ? null : JSON.stringify(body)),
    );
  };
  return {
    ...started,
    call,
    control: (method, path, body) =>
      send(method, started.controlUrl + path, null, body === undefined ? null : JSON.stringify(body)),
    createKey: async (body) => {
      const { json } = await call('POST', '/v1/manage/apikey', { body });
      return { id: String(json.api_key_id), secret: String(json.api_key) };
    },
  };
}

/** Node's own client, since `fetch` cannot send the body of a GET. `json` is empty when the answer is none. */
function send(method: string, url: string, key: string | null, body: string | null): Promise<Answer> {
  const headers: http.OutgoingHttpHeaders = {
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    ...(body === null
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          text,
          headers: response.headers,
          json: jsonOf(text, response),
        });
      });
    });
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}

function jsonOf(text: string, response: http.IncomingMessage): Json {
  if (text === '' || !response.headers['content-type']?.includes('json')) return {};
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : { array: value };
}

export function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function record(value: unknown): Json {
  if (!isRecord(value)) throw new TypeError(`not an object: ${JSON.stringify(value)}`);
  return value;
}

/** The periods of a usage answer. */
export const periods = (answer: Answer): Json[] => Object.values(record(answer.json.usage)).map(record);

/** Exact sum of a money field, as nano-dollars. */
export function sumMoney(rows: readonly Json[], field: string): bigint {
  return rows.reduce((sum, row) => sum + nano(row[field]), 0n);
}

export const nano = (value: unknown): bigint => parseNano(typeof value === 'number' ? value : String(value));

export function sumCount(rows: readonly Json[], field: string): number {
  return rows.reduce((sum, row) => sum + Number(row[field]), 0);
}

export const routerError = (message: string) => ({ error: { origin: 'router', message } });
