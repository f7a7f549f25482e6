import { Hono } from 'hono';
import type { EmulatorEnv } from '../shared/wire';
import { authenticate, withGeneration } from './auth';
import type { RequestyEmulator, RouteEnv } from './emulator';
import { ApiError, notFound, renderError } from './errors';
import { keyMoney, stringOrNumber } from './money-wire';
import { accessListRoutes } from './routes/access-list-routes';
import { chatRoutes } from './routes/chat-routes';
import { classicKeyRoutes } from './routes/classic-key-routes';
import { groupRoutes } from './routes/group-routes';
import { keyRoutes } from './routes/key-routes';
import { organizationRoutes } from './routes/organization-routes';
import type { Generation } from './switches';

/** The current generation at the root and the classic one under `/classic`, over the same state. */
export function createApi(emulator: RequestyEmulator): Hono<EmulatorEnv> {
  const api = new Hono<EmulatorEnv>();
  api.route('/classic', classicApi(emulator));
  api.route('/', currentApi(emulator));
  return api;
}

function currentApi(emulator: RequestyEmulator): Hono<RouteEnv> {
  const api = generationApi(emulator, 'current');
  api.route('/v1/manage/apikey', keyRoutes(emulator));
  api.route('/v1/manage/group', groupRoutes(emulator));
  api.route('/v1/manage/org', organizationRoutes(emulator, 'current'));
  api.route('/v1/manage/access-list', accessListRoutes(emulator));
  api.get('/v1/auth/check', (c) => c.json({}));
  api.route('/v1/chat', chatRoutes(emulator));
  return closed(api);
}

/** Oldest pages leave out `/v1` and create with PUT. */
function classicApi(emulator: RequestyEmulator): Hono<RouteEnv> {
  const api = generationApi(emulator, 'classic');
  api.route('/v1/manage/apikey', classicKeyRoutes(emulator));
  api.route('/v1/manage/org', organizationRoutes(emulator, 'classic'));
  api.route('/manage/apikey', classicKeyRoutes(emulator));
  api.get('/x/apikey', (c) => {
    const key = c.get('caller');
    return c.json({
      name: key.name,
      monthly_limit: keyMoney(key.monthlyLimit, c.get('switches')),
      monthly_spend: keyMoney(emulator.figures.monthSpend(key.id), c.get('switches')),
      org_balance: stringOrNumber(emulator.figures.balance(), 'string'),
      config: { aliases: {} },
    });
  });
  return closed(api);
}

function generationApi(emulator: RequestyEmulator, generation: Generation): Hono<RouteEnv> {
  const api = new Hono<RouteEnv>();
  api.use('*', withGeneration(emulator, generation));
  for (const path of ['/v1/*', '/manage/*', '/x/*']) api.use(path, authenticate(emulator));
  api.onError((error) => {
    const known = error instanceof ApiError ? error : new ApiError(500, `emulator fault: ${error.message}`);
    return renderError(known, emulator.switches[generation].errorBody);
  });
  return api;
}

function closed(api: Hono<RouteEnv>): Hono<RouteEnv> {
  api.all('*', () => {
    throw notFound('not found');
  });
  return api;
}
