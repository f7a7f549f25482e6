import { Hono } from 'hono';
import { z } from 'zod';
import { jsonBody } from '../shared/wire';
import { notFound, parse } from './api-error';
import { type AppEnv, managementKey, page } from './app-env';
import { type OpenRouterState, timestamp } from './state';
import type { StoredByok } from './stored';

const names = z.array(z.string()).min(1).max(100).nullish();

const ByokInput = z.object({
  provider: z.string().min(1),
  key: z.string().min(1),
  name: z.string().max(255).nullish(),
  workspace_id: z.uuid().optional(),
  disabled: z.boolean().optional(),
  is_fallback: z.boolean().optional(),
  is_required: z.boolean().optional(),
  is_byok_only: z.boolean().optional(),
  declared_zdr: z.boolean().nullish(),
  allowed_models: names,
  allowed_user_ids: names,
  allowed_api_key_hashes: z
    .array(z.string().regex(/^[a-f0-9]{64}$/))
    .min(1)
    .max(100)
    .nullish(),
});
const ByokPatch = ByokInput.omit({ provider: true, workspace_id: true }).partial();

/** /byok: the organization's own provider keys. The key itself is never given back. */
export function byokRoutes(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('*', managementKey(state));
  app.get('/', (c) => {
    const { provider, workspace_id } = c.req.query();
    const own = [...state.byok.values()]
      .filter((byok) => provider === undefined || byok.provider === provider)
      .filter((byok) => workspace_id === undefined || byok.workspaceId === workspace_id);
    const { data, total_count } = page(c, own);
    return c.json({ data: data.map((byok, index) => byokView(byok, index)), total_count });
  });
  app.post('/', async (c) => {
    const { provider, key, workspace_id, ...fields } = parse(ByokInput, await jsonBody(c));
    const byok: StoredByok = {
      id: state.prng.uuid(),
      provider,
      label: masked(key),
      workspaceId: state.workspace(workspace_id ?? state.defaultWorkspaceId).id,
      fields,
      createdAt: state.now(),
    };
    state.byok.set(byok.id, byok);
    return c.json({ data: byokView(byok, state.byok.size - 1) }, 201);
  });
  app.get('/:id', (c) => c.json({ data: byokView(byokById(state, c.req.param('id')), 0) }));
  app.patch('/:id', async (c) => {
    const byok = byokById(state, c.req.param('id'));
    const { key, ...fields } = parse(ByokPatch, await jsonBody(c));
    if (key !== undefined) byok.label = masked(key);
    Object.assign(byok.fields, fields);
    return c.json({ data: byokView(byok, 0) });
  });
  app.delete('/:id', (c) => {
    state.byok.delete(byokById(state, c.req.param('id')).id);
    return c.json({ deleted: true });
  });
  return app;
}

function byokById(state: OpenRouterState, id: string): StoredByok {
  const byok = state.byok.get(id);
  if (!byok) throw notFound('BYOK key');
  return byok;
}

function masked(key: string): string {
  return `${key.slice(0, 3)}...${key.slice(-4)}`;
}

function byokView(byok: StoredByok, sortOrder: number): Record<string, unknown> {
  return {
    id: byok.id,
    provider: byok.provider,
    label: byok.label,
    name: null,
    workspace_id: byok.workspaceId,
    disabled: false,
    is_fallback: false,
    is_required: false,
    is_byok_only: false,
    declared_zdr: null,
    allowed_models: null,
    allowed_api_key_hashes: null,
    allowed_user_ids: null,
    ...byok.fields,
    sort_order: sortOrder,
    created_at: timestamp(byok.createdAt),
  };
}
