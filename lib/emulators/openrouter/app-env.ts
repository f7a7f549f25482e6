import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { presentedKey } from '../shared/auth';
import { sha256 } from '../shared/prng';
import { managementOnly, notFound, parse, unauthenticated, unknownCaller } from './api-error';
import type { OpenRouterState } from './state';
import type { ManagementKey, StoredKey } from './stored';

/** Who calls: a management key, or an ordinary one that is neither disabled nor expired nor deleted. */
export type Caller = { kind: 'management'; key: ManagementKey } | { kind: 'inference'; key: StoredKey };

export interface AppEnv {
  Bindings: HttpBindings;
  Variables: { caller: Caller };
}
export type AppContext = Context<AppEnv>;

/** Lets any valid key through; 401 otherwise. */
export function anyKey(state: OpenRouterState) {
  return createMiddleware<AppEnv>(async (c, next) => {
    c.set('caller', identify(state, presentedKey(c)));
    await next();
  });
}

/** Lets management keys through; 403 for ordinary ones. */
export function managementKey(state: OpenRouterState) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const caller = identify(state, presentedKey(c));
    c.set('caller', caller);
    if (caller.kind !== 'management') throw managementOnly();
    await next();
  });
}

function identify(state: OpenRouterState, secret: string | null): Caller {
  if (secret === null) throw unauthenticated();
  const management = state.managementKeys.get(sha256(secret));
  if (management) return { kind: 'management', key: management };
  const key = state.keyBySecret(secret);
  if (!key || !state.isUsable(key)) throw unknownCaller();
  return { kind: 'inference', key };
}

export function callerUserId(c: AppContext): string | null {
  return c.get('caller').key.creatorUserId;
}

/** Query texts to whole numbers, as the server of this API does; bounds as documented. */
const wholeNumber = (minimum: number, maximum?: number) =>
  z
    .string()
    .transform((text) => Number(text))
    .pipe(maximum === undefined ? z.int().min(minimum) : z.int().min(minimum).max(maximum));

export const OffsetQuery = z.object({ offset: wholeNumber(0).optional() });

const PageQuery = z.object({ offset: wholeNumber(0).optional(), limit: wholeNumber(1, 100).optional() });

/** One page of a list that is paged by offset and limit (1–100, 50 when absent). */
export function page<T>(c: AppContext, items: readonly T[]): { data: T[]; total_count: number } {
  const { offset = 0, limit = 50 } = parse(PageQuery, c.req.query());
  return { data: items.slice(offset, offset + limit), total_count: items.length };
}

/** Lets calls through where the account is offered budgets; 404 otherwise. */
export function requireBudgets(state: OpenRouterState) {
  return createMiddleware<AppEnv>(async (_, next) => {
    if (state.switches.budgets === 'not-offered') throw notFound('Resource');
    await next();
  });
}
