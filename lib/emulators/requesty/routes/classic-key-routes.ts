import { type Context, Hono } from 'hono';
import { DAY_MS, startOfUtcDay } from '../../shared/clock';
import { readableKey, requireManage } from '../auth';
import type { RequestyEmulator, RouteEnv } from '../emulator';
import { badRequest } from '../errors';
import { stringOrNumber } from '../money-wire';
import { parseDay } from '../times';
import { answerCreate, answerDelete, answerLimit, listKeys } from './key-routes';

const MAX_DAYS = 31;

/**
 * API keys of the classic generation: usage sits where the current one reads the key, create needs a limit,
 * and there is no `self`, no label and no expiry.
 */
export function classicKeyRoutes(emulator: RequestyEmulator): Hono<RouteEnv> {
  const routes = new Hono<RouteEnv>();
  routes.get('/', (c) => {
    requireManage(c, 'read');
    return c.json({ keys: listKeys(emulator, c) });
  });
  routes.on(['POST', 'PUT'], '/', (c) => answerCreate(emulator, c));
  routes.get('/:id', (c) => answerUsage(emulator, c, c.req.param('id')));
  routes.post('/:id/limit', (c) => answerLimit(emulator, c, c.req.param('id')));
  routes.delete('/:id', (c) => answerDelete(emulator, c, c.req.param('id')));
  return routes;
}

/** `start_date` is included, `end_date` is not and is tomorrow by default. */
function answerUsage(emulator: RequestyEmulator, c: Context<RouteEnv>, id: string): Response {
  const key = readableKey(emulator, c, id);
  const startDate = c.req.query('start_date');
  const endDate = c.req.query('end_date');
  if (!startDate) throw badRequest('start_date is required');
  const from = parseDay(startDate, 'start_date');
  const tomorrow = startOfUtcDay(emulator.clock.now()).getTime() + DAY_MS;
  const to = endDate ? parseDay(endDate, 'end_date') : tomorrow;
  if (to <= from) throw badRequest('end_date must be after start_date');
  if (to - from > MAX_DAYS * DAY_MS) throw badRequest(`range must not exceed ${MAX_DAYS} days`);
  const switches = c.get('switches');
  const counters = emulator.figures.sum({ from, to, keyId: key.id }, switches.spendLagHours);
  return c.json({
    completions_requests: counters.requests,
    spend: stringOrNumber(counters.spend, switches.usageSpend),
  });
}
