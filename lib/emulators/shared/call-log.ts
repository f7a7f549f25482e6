import { createMiddleware } from 'hono/factory';
import type { EmulatorEnv } from './wire';

export interface LoggedCall {
  /** Real time, not the emulator's clock. */
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  status: number;
  durationMs: number;
}

const KEPT = 5000;

/** The latest calls, without headers and bodies: no key ever gets into it. */
export class CallLog {
  private calls: LoggedCall[] = [];
  /** Calls that are being answered, or held back by a fault. */
  inFlight = 0;

  add(call: LoggedCall): void {
    this.calls.push(call);
    if (this.calls.length > KEPT * 2) this.calls = this.calls.slice(-KEPT);
  }

  list(): LoggedCall[] {
    return this.calls.slice(-KEPT);
  }

  clear(): void {
    this.calls = [];
  }
}

export function callLogMiddleware(log: CallLog) {
  return createMiddleware<EmulatorEnv>(async (c, next) => {
    const began = performance.now();
    const at = new Date().toISOString();
    log.inFlight += 1;
    try {
      await next();
    } finally {
      log.inFlight -= 1;
    }
    log.add({
      at,
      method: c.req.method,
      path: c.req.path,
      query: c.req.query(),
      status: c.env.incoming.socket.destroyed ? 0 : c.res.status,
      durationMs: Math.round(performance.now() - began),
    });
  });
}
