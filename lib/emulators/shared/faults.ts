import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { type EmulatorContext, type EmulatorEnv, removeField } from './wire';

/** One injected fault. `route` is `METHOD /path/glob`, e.g. `POST /api/v1/keys` or `* /api/v1/keys/*`. */
export const FaultInput = z.strictObject({
  route: z.string().regex(/^(\*|[A-Za-z]+) \/\S*$/, 'expected "METHOD /path/glob"'),
  /** For how many calls. */
  times: z.int().min(1).default(1),
  status: z.int().min(200).max(599).optional(),
  /** Any JSON; a text is sent as it is. */
  body: z.unknown().optional(),
  html: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Seconds, or an HTTP date. */
  retryAfter: z.union([z.number(), z.string()]).optional(),
  delayMs: z.int().min(0).optional(),
  /** Only the first half of the true answer is sent, then the socket ends. */
  cutOff: z.boolean().optional(),
  /** A dotted path removed from the true answer; `*` stands for every item. */
  missingField: z.string().min(1).optional(),
  /** The socket is destroyed before the call is carried out, or after. */
  drop: z.enum(['before', 'after']).optional(),
  /** `status`, `body` and `html` replace the answer of a call that *was* carried out. */
  afterEffect: z.boolean().default(false),
});
export type FaultInput = z.input<typeof FaultInput>;
type Fault = z.output<typeof FaultInput>;

export class FaultBox {
  private faults: { fault: Fault; left: number; pattern: RegExp; method: string }[] = [];

  add(input: FaultInput): void {
    const fault = FaultInput.parse(input);
    const [method = '*', path = '/'] = fault.route.split(' ');
    const pattern = new RegExp(
      `^${path
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
    );
    this.faults.push({ fault, left: fault.times, pattern, method: method.toUpperCase() });
  }

  list(): (Fault & { left: number })[] {
    return this.faults.map(({ fault, left }) => ({ ...fault, left }));
  }

  clear(): void {
    this.faults = [];
  }

  /** The oldest fault for this call, used up by one. */
  take(method: string, path: string): Fault | null {
    const hit = this.faults.find(
      (entry) => (entry.method === '*' || entry.method === method) && entry.pattern.test(path),
    );
    if (!hit) return null;
    hit.left -= 1;
    if (hit.left === 0) this.faults = this.faults.filter((entry) => entry !== hit);
    return hit.fault;
  }
}

/** Applies the faults to every call that comes after it in the chain. */
export function faultMiddleware(box: FaultBox) {
  return createMiddleware<EmulatorEnv>(async (c, next) => {
    const fault = box.take(c.req.method, c.req.path);
    if (!fault) return next();
    if (fault.delayMs) await sleep(fault.delayMs);
    if (fault.drop === 'before') return dropConnection(c);
    const replacesAnswer = fault.status !== undefined || fault.body !== undefined || fault.html !== undefined;
    if (replacesAnswer && !fault.afterEffect) return replacement(fault);
    await next();
    if (fault.drop === 'after') return dropConnection(c);
    if (replacesAnswer) {
      c.res = replacement(fault);
      return undefined;
    }
    if (fault.cutOff) return cutOff(c);
    if (fault.missingField) c.res = await withoutField(c.res, fault.missingField);
    for (const [name, value] of Object.entries(extraHeaders(fault))) c.res.headers.set(name, value);
    return undefined;
  });
}

function dropConnection(c: EmulatorContext): Response {
  c.env.incoming.socket.destroy();
  c.res = RESPONSE_ALREADY_SENT;
  return RESPONSE_ALREADY_SENT;
}

function extraHeaders(fault: Fault): Record<string, string> {
  const headers: Record<string, string> = { ...fault.headers };
  if (fault.retryAfter !== undefined) headers['Retry-After'] = String(fault.retryAfter);
  return headers;
}

function replacement(fault: Fault): Response {
  const headers = extraHeaders(fault);
  const status = fault.status ?? 200;
  if (fault.html !== undefined) {
    return new Response(fault.html, { status, headers: { 'Content-Type': 'text/html', ...headers } });
  }
  const body = fault.body === undefined ? defaultBody(status) : fault.body;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(status === 204 ? null : text, {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}

function defaultBody(status: number): unknown {
  return { error: { message: `Injected answer ${status}`, code: status } };
}

async function cutOff(c: EmulatorContext): Promise<Response> {
  const whole = Buffer.from(await c.res.arrayBuffer());
  const { outgoing, incoming } = c.env;
  outgoing.writeHead(c.res.status, {
    'Content-Type': c.res.headers.get('content-type') ?? 'application/json',
    'Content-Length': String(whole.length),
  });
  outgoing.write(whole.subarray(0, Math.floor(whole.length / 2)), () => incoming.socket.destroy());
  c.res = RESPONSE_ALREADY_SENT;
  return RESPONSE_ALREADY_SENT;
}

async function withoutField(response: Response, path: string): Promise<Response> {
  const value: unknown = await response.json();
  removeField(value, path);
  return new Response(JSON.stringify(value), {
    status: response.status,
    headers: { 'Content-Type': 'application/json' },
  });
}
