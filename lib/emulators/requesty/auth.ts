import type { Context, MiddlewareHandler } from 'hono';
import type { RequestyEmulator, RouteEnv } from './emulator';
import { ApiError, notFound } from './errors';
import type { Generation } from './switches';
import type { RequestyKey } from './types';

/** Puts the generation's switches in reach of every route behind it. */
export function withGeneration(
  emulator: RequestyEmulator,
  generation: Generation,
): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    c.set('switches', emulator.switches[generation]);
    c.set('generation', generation);
    await next();
  };
}

/** Knows the caller by its bearer key: 401 without one, 403 (or 401, by switch) for one that is not valid. */
export function authenticate(emulator: RequestyEmulator): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    const secret = /^Bearer\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]?.trim();
    if (!secret) throw new ApiError(401, 'Unauthorized');
    const caller = emulator.state.findKeyBySecret(secret, emulator.clock.now().getTime());
    if (!caller) throw new ApiError(c.get('switches').unknownKeyStatus, 'Invalid authorization token');
    c.set('caller', caller);
    await next();
  };
}

/** Throws a 403 unless the caller may do this to the organization; write includes read. */
export function requireManage(c: Context<RouteEnv>, right: 'read' | 'write'): void {
  const { manage } = c.get('caller').permissions;
  if (manage === 'write' || manage === right) return;
  throw new ApiError(403, c.get('switches').missingRightMessage);
}

/** The key that the path names. `self` is always readable; any other key needs manage read. */
export function readableKey(emulator: RequestyEmulator, c: Context<RouteEnv>, id: string): RequestyKey {
  const caller = c.get('caller');
  if (c.get('generation') === 'current' && (id === 'self' || id === caller.id)) return caller;
  requireManage(c, 'read');
  return existingKey(emulator, id);
}

/** The key that the path names, for a change. Whether `self` can be changed is documented nowhere: a switch. */
export function writableKey(emulator: RequestyEmulator, c: Context<RouteEnv>, id: string): RequestyKey {
  requireManage(c, 'write');
  if (id === 'self' && c.get('switches').selfWrites === 'accepted') return c.get('caller');
  return existingKey(emulator, id);
}

function existingKey(emulator: RequestyEmulator, id: string): RequestyKey {
  const key = emulator.state.findKey(id);
  if (!key) throw notFound('api key not found');
  return key;
}
