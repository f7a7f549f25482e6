import { Hono } from 'hono';
import { z } from 'zod';
import { isLoopbackCall } from './auth';
import type { CallLog } from './call-log';
import type { EmulatorClock } from './clock';
import { type FaultBox, FaultInput } from './faults';
import type { Journal } from './journal';
import { type EmulatorContext, type EmulatorEnv, issueText, jsonBody } from './wire';

/** What each emulator adds to `/__control`. Every hook may throw a ControlError or a ZodError: it becomes a 400. */
export interface ControlHooks {
  journal: Journal;
  /** The true state, secrets of created keys included. `query` narrows it. */
  state(query: Record<string, string>): unknown;
  /** A change made by someone else, past the API. */
  outside(body: unknown): unknown;
  spend(input: SpendInput): unknown;
  switches(): unknown;
  setSwitches(patch: unknown): unknown;
}

export class ControlError extends Error {
  override name = 'ControlError';
}

const SpendInput = z.strictObject({
  /** Id of a key, or its whole secret. */
  key: z.string().min(1),
  usd: z.number().min(0),
  model: z.string().min(1).optional(),
  requests: z.int().min(1).max(100_000).optional(),
});
export type SpendInput = z.output<typeof SpendInput>;

const ClockInput = z.strictObject({
  set: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.int().optional(),
  reset: z.literal(true).optional(),
  freeze: z.boolean().optional(),
});

/** The routes under `/__control`: for tests and demonstrations, from this machine only. */
export function createControl(parts: {
  clock: EmulatorClock;
  faults: FaultBox;
  calls: CallLog;
  hooks: ControlHooks;
}): Hono<EmulatorEnv> {
  const { clock, faults, calls, hooks } = parts;
  const app = new Hono<EmulatorEnv>();
  app.use('*', async (c, next) => {
    if (!isLoopbackCall(c)) return c.json({ error: 'control is for this machine only' }, 403);
    return next();
  });
  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: issueText(error) }, 400);
    if (error instanceof ControlError || error instanceof RangeError)
      return c.json({ error: error.message }, 400);
    return c.json({ error: error.message }, 500);
  });

  app.get('/faults', (c) => c.json({ faults: faults.list() }));
  app.post('/faults', async (c) => {
    const body = await jsonBody(c);
    for (const fault of Array.isArray(body) ? body : [body]) faults.add(FaultInput.parse(fault));
    return c.json({ faults: faults.list() }, 201);
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.json({ faults: [] });
  });

  app.get('/clock', (c) => c.json(clockView(clock)));
  app.post('/clock', async (c) => {
    moveClock(clock, ClockInput.parse(await jsonBody(c)));
    return c.json(clockView(clock));
  });

  app.get('/calls', (c) => c.json({ inFlight: calls.inFlight, calls: calls.list() }));
  app.delete('/calls', (c) => {
    calls.clear();
    return c.json({ calls: [] });
  });

  app.get('/journal', (c) => {
    const since = Number(c.req.query('since') ?? 0);
    return c.json(plain({ inFlight: calls.inFlight, effects: hooks.journal.since(since) }));
  });
  app.get('/state', (c) => c.json(plain(hooks.state(c.req.query()))));
  app.post('/outside', async (c) => c.json(plain(await hooks.outside(await jsonBody(c)))));
  app.post('/spend', async (c) => c.json(plain(await hooks.spend(SpendInput.parse(await jsonBody(c))))));
  app.get('/switches', (c) => c.json(plain(hooks.switches())));
  app.post('/switches', async (c: EmulatorContext) => c.json(plain(hooks.setSwitches(await jsonBody(c)))));
  return app;
}

function clockView(clock: EmulatorClock): { now: string; frozen: boolean } {
  return { now: clock.now().toISOString(), frozen: clock.isFrozen };
}

function moveClock(clock: EmulatorClock, move: z.output<typeof ClockInput>): void {
  if (move.reset) clock.reset();
  if (move.freeze === true) clock.freeze();
  if (move.freeze === false) clock.thaw();
  if (move.set !== undefined) clock.set(move.set);
  if (move.advanceMs !== undefined) clock.advance(move.advanceMs);
}

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** A hook's answer as JSON; big integers become texts. */
function plain(value: unknown): Plain {
  const text = JSON.stringify(value ?? null, (_key, item: unknown) =>
    typeof item === 'bigint' ? String(item) : item,
  );
  const parsed: Plain = JSON.parse(text);
  return parsed;
}
