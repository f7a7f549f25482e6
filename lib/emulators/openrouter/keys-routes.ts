import { Hono } from 'hono';
import { z } from 'zod';
import { jsonBody } from '../shared/wire';
import { parse } from './api-error';
import { type AppEnv, callerUserId, managementKey, OffsetQuery } from './app-env';
import { CreateKeyInput, createKey, deleteKey, UpdateKeyInput, updateKey } from './key-changes';
import { keyView } from './key-view';
import type { OpenRouterState } from './state';

const PAGE_SIZE = 100;
const flag = z.enum(['true', 'false']).optional();

const ListQuery = OffsetQuery.extend({
  include_disabled: flag,
  include_expired: flag,
  workspace_id: z.uuid().optional(),
});

/** /keys: pages of 100, newest first, of one workspace; the default one unless another is named. */
export function keysRoutes(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('*', managementKey(state));

  app.get('/', (c) => {
    const query = parse(ListQuery, c.req.query());
    const showsExpired = !state.switches.hideExpired || query.include_expired === 'true';
    const offset = query.offset ?? 0;
    const shown = state
      .keysOf(query.workspace_id ?? state.defaultWorkspaceId)
      .filter((key) => key.deletedAt === null)
      .filter((key) => query.include_disabled === 'true' || !key.disabled)
      .filter((key) => showsExpired || !state.isExpired(key))
      .slice(offset, offset + PAGE_SIZE);
    return c.json({ data: shown.map((key) => keyView(state, key)) });
  });

  app.post('/', async (c) => {
    const input = parse(CreateKeyInput, await jsonBody(c));
    const key = createKey(state, input, callerUserId(c));
    // A secret that the caller brought is never given back; the client's schema still needs a text.
    const shownOnce = input.external?.api_key === undefined ? key.secret : '';
    return c.json({ data: keyView(state, key), key: shownOnce }, 201);
  });

  app.get('/:hash', (c) => c.json({ data: keyView(state, state.liveKey(c.req.param('hash'))) }));

  app.patch('/:hash', async (c) => {
    const key = state.liveKey(c.req.param('hash'));
    const input = parse(UpdateKeyInput, await jsonBody(c));
    return c.json({ data: keyView(state, updateKey(state, key, input)) });
  });

  app.delete('/:hash', (c) => {
    deleteKey(state, state.liveKey(c.req.param('hash')));
    return c.json({ deleted: true });
  });
  return app;
}
