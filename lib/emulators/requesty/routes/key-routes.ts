import { type Context, Hono } from 'hono';
import { nanoToDecimalString } from '../../shared/money';
import { readableKey, requireManage, writableKey } from '../auth';
import { createKey } from '../create-key';
import type { RequestyEmulator, RouteEnv } from '../emulator';
import { ApiError, badRequest, notFound } from '../errors';
import { detailedKey, listedKey } from '../key-wire';
import { requireMoney } from '../money-wire';
import { optionalText, requireJsonBody, requireLabels } from '../request-body';
import { emptySuccess } from '../respond';
import { isExpired } from '../state';
import { parseDateTime } from '../times';
import type { RequestyKey } from '../types';
import { readUsage } from '../usage';
import { readUsageQuery } from '../usage-query';

/** API keys of the current generation, below `/v1/manage/apikey`. */
export function keyRoutes(emulator: RequestyEmulator): Hono<RouteEnv> {
  const routes = new Hono<RouteEnv>();
  routes.get('/', (c) => {
    requireManage(c, 'read');
    return c.json({ keys: listKeys(emulator, c) });
  });
  routes.post('/', (c) => answerCreate(emulator, c));
  routes.get('/:id', (c) => {
    const key = readableKey(emulator, c, c.req.param('id'));
    return c.json(detailedKey(emulator, key, c.get('switches')));
  });
  routes.get('/:id/usage', async (c) => {
    const key = readableKey(emulator, c, c.req.param('id'));
    return c.json(readUsage(emulator, await readUsageQuery(c, 'key'), key.id, c.get('switches')));
  });
  routes.post('/:id/usage', (c) => answerPostedUsage(emulator, c, c.req.param('id')));
  routes.post('/:id/limit', (c) => answerLimit(emulator, c, c.req.param('id')));
  routes.post('/:id/label', async (c) => {
    const key = writableKey(emulator, c, c.req.param('id'));
    key.labels = requireLabels(await requireJsonBody(c));
    emulator.state.journal.add('api', 'labels', key.id, key.labels);
    return keyWritten(c);
  });
  routes.post('/:id/expiry', async (c) => {
    const key = writableKey(emulator, c, c.req.param('id'));
    await updateExpiry(emulator, c, key);
    return keyWritten(c);
  });
  routes.delete('/:id', (c) => answerDelete(emulator, c, c.req.param('id')));
  return routes;
}

export function listKeys(emulator: RequestyEmulator, c: Context<RouteEnv>): Record<string, unknown>[] {
  const now = emulator.clock.now().getTime();
  const generation = c.get('generation');
  const hidesExpired = c.get('switches').expiredKeys === 'hidden';
  return emulator.state
    .liveKeys()
    .filter((key) => !(hidesExpired && isExpired(key, now)))
    .map((key) => listedKey(emulator, key, generation));
}

export async function answerCreate(emulator: RequestyEmulator, c: Context<RouteEnv>): Promise<Response> {
  requireManage(c, 'write');
  const body = await requireJsonBody(c);
  const key = createKey(emulator, c.get('caller'), body, c.get('generation'));
  return c.json({ api_key_id: key.id, api_key: key.secret }, c.get('switches').createStatus);
}

export async function answerLimit(
  emulator: RequestyEmulator,
  c: Context<RouteEnv>,
  id: string,
): Promise<Response> {
  const key = writableKey(emulator, c, id);
  const body = await requireJsonBody(c);
  key.monthlyLimit = requireMoney(body, 'monthly_limit', c.get('switches'));
  emulator.figures.changed(key);
  emulator.state.journal.add('api', 'limit', key.id, { limit: nanoToDecimalString(key.monthlyLimit) });
  return keyWritten(c);
}

export function answerDelete(emulator: RequestyEmulator, c: Context<RouteEnv>, id: string): Response {
  const key = writableKey(emulator, c, id);
  const { deleteSelf, deleteStatus, emptySuccessBody } = c.get('switches');
  if (key === c.get('caller') && deleteSelf === 'rejected') throw badRequest('cannot delete the key in use');
  deleteKey(emulator, key);
  emulator.state.journal.add('api', 'delete', key.id);
  return emptySuccess(deleteStatus, emptySuccessBody);
}

/** Marks the key deleted; its past spend stays in the organization's figures. */
export function deleteKey(emulator: RequestyEmulator, key: RequestyKey): void {
  key.deletedAt = emulator.clock.now().getTime();
  emulator.figures.changed(key);
}

function keyWritten(c: Context<RouteEnv>): Response {
  const { keyWriteStatus, emptySuccessBody } = c.get('switches');
  return emptySuccess(keyWriteStatus, emptySuccessBody);
}

/** Absent or `null` removes the expiry; an expired key can never be revived. */
async function updateExpiry(
  emulator: RequestyEmulator,
  c: Context<RouteEnv>,
  key: RequestyKey,
): Promise<void> {
  const value = optionalText(await requireJsonBody(c), 'expires_at');
  const expiresAt = value === null ? null : parseDateTime(value, 'expires_at');
  if (isExpired(key, emulator.clock.now().getTime())) {
    throw new ApiError(c.get('switches').expiredExpiryStatus, 'api key is expired');
  }
  key.expiresAt = expiresAt;
  emulator.figures.changed(key);
  emulator.state.journal.add('api', 'expiry', key.id, expiresAt);
}

/** POST has been seen to answer 404; no page documents it. */
async function answerPostedUsage(
  emulator: RequestyEmulator,
  c: Context<RouteEnv>,
  id: string,
): Promise<Response> {
  const { usagePost } = c.get('switches');
  if (usagePost === 'not-found') throw notFound('not found');
  if (usagePost === 'method-not-allowed') throw new ApiError(405, 'method not allowed');
  const key = readableKey(emulator, c, id);
  return c.json(readUsage(emulator, await readUsageQuery(c, 'key'), key.id, c.get('switches')));
}
