import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { CallLog, callLogMiddleware } from './call-log';
import type { EmulatorClock } from './clock';
import { type ControlHooks, createControl } from './control';
import { FaultBox, faultMiddleware } from './faults';
import type { Ledger } from './ledger';
import { startLive } from './live';
import type { EmulatorOptions } from './options';
import { createPrng } from './prng';
import { type RateRefusal, rateLimitMiddleware } from './rate-limit';
import { listen } from './server';
import type { EmulatorContext, EmulatorEnv } from './wire';

export interface EmulatorServer {
  port: number;
  /** `http://127.0.0.1:<port>` */
  origin: string;
  controlUrl: string;
  faults: FaultBox;
  calls: CallLog;
  close(): Promise<void>;
}

/** From so many keys on, the past is added up ahead of the first question about totals. */
const WARM_FROM_KEYS = 1000;

/** Puts a vendor's routes behind the call log, the faults and the rate limit, adds `/__control`, and listens. */
export async function startEmulator(parts: {
  options: EmulatorOptions;
  clock: EmulatorClock;
  ledger: Ledger;
  hooks: ControlHooks;
  /** The vendor's own routes with their full paths, its 404 included. */
  api: { fetch(request: Request, env: HttpBindings): Response | Promise<Response> };
  /** Keys that may spend, newest first. */
  liveKeyIds(): readonly string[];
  refuseRate(c: EmulatorContext, refusal: RateRefusal): Response;
}): Promise<EmulatorServer> {
  const { options, clock, ledger, hooks } = parts;
  const faults = new FaultBox();
  const calls = new CallLog();
  const app = new Hono<EmulatorEnv>();
  app.route('/__control', createControl({ clock, faults, calls, hooks }));
  app.use('*', callLogMiddleware(calls));
  app.use('*', faultMiddleware(faults));
  app.use(
    '*',
    rateLimitMiddleware(() => options.rateLimit ?? null, parts.refuseRate),
  );
  app.all('*', (c) => parts.api.fetch(c.req.raw, c.env));

  const server = await listen(app, options.port ?? 0);
  const origin = `http://127.0.0.1:${server.port}`;
  const stopLive = options.live
    ? startLive({ ledger, clock, prng: createPrng(`${ledger.seed}/live`), keyIds: parts.liveKeyIds })
    : () => {};
  let isClosed = false;
  const warming = ledger.size > WARM_FROM_KEYS ? ledger.warm(clock.now(), () => isClosed) : Promise.resolve();
  return {
    port: server.port,
    origin,
    controlUrl: `${origin}/__control`,
    faults,
    calls,
    close: async () => {
      isClosed = true;
      stopLive();
      await Promise.all([warming, server.close()]);
    },
  };
}
