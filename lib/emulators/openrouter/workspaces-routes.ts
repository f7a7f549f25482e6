import { Hono } from 'hono';
import { z } from 'zod';
import { jsonBody } from '../shared/wire';
import { ApiError, badRequest, parse } from './api-error';
import { type AppEnv, callerUserId, managementKey, page } from './app-env';
import { budgetRoutes } from './budgets-routes';
import { addDefaultGuardrail } from './guardrail-changes';
import type { OpenRouterState } from './state';
import type { StoredWorkspace } from './stored';
import { membershipViews, roleOf, workspaceView } from './workspace-view';

const settings = z.object({
  default_text_model: z.string().nullish(),
  default_image_model: z.string().nullish(),
  default_provider_sort: z.string().nullish(),
  disabled_server_tools: z.array(z.string()).nullish(),
  io_logging_api_key_ids: z.array(z.int()).nullish(),
  io_logging_sampling_rate: z.number().min(0).max(1).optional(),
  is_observability_io_logging_enabled: z.boolean().optional(),
  is_observability_broadcast_enabled: z.boolean().optional(),
  is_data_discount_logging_enabled: z.boolean().optional(),
});
const WorkspaceInput = settings.extend({
  name: z.string().min(1).max(100),
  slug: z
    .string()
    .min(1)
    .max(50)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  description: z.string().max(500).nullish(),
});
const WorkspacePatch = WorkspaceInput.partial();
const UserIds = z.object({ user_ids: z.array(z.string()).min(1).max(100) });

/** /workspaces: CRUD, members and budgets. */
export function workspacesRoutes(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('*', managementKey(state));
  app.get('/', (c) => {
    const { data, total_count } = page(c, [...state.workspaces.values()]);
    return c.json({ data: data.map(workspaceView), total_count });
  });
  app.post('/', async (c) => {
    const input = parse(WorkspaceInput, await jsonBody(c));
    return c.json({ data: workspaceView(createWorkspace(state, input, callerUserId(c))) }, 201);
  });
  app.get('/:id', (c) => c.json({ data: workspaceView(state.workspace(c.req.param('id'))) }));
  app.patch('/:id', async (c) => {
    const workspace = state.workspace(c.req.param('id'));
    const { name, slug, description, ...rest } = parse(WorkspacePatch, await jsonBody(c));
    if (slug !== undefined && slug !== workspace.slug) checkSlug(state, slug);
    workspace.name = name ?? workspace.name;
    workspace.slug = slug ?? workspace.slug;
    if (description !== undefined) workspace.description = description;
    Object.assign(workspace.settings, rest);
    workspace.updatedAt = state.now();
    return c.json({ data: workspaceView(workspace) });
  });
  app.delete('/:id', (c) => {
    deleteWorkspace(
      state,
      state.workspace(c.req.param('id')),
      c.req.query('confirm_default_workspace_deletion'),
    );
    return c.json({ deleted: true });
  });
  addMemberRoutes(app, state);
  app.route('/', budgetRoutes(state));
  return app;
}

function addMemberRoutes(app: Hono<AppEnv>, state: OpenRouterState): void {
  app.get('/:id/members', (c) => c.json(page(c, membershipViews(state, state.workspace(c.req.param('id'))))));
  app.post('/:id/members/add', async (c) => {
    const workspace = changeable(state, c.req.param('id'));
    const { user_ids } = parse(UserIds, await jsonBody(c));
    const added = user_ids.filter((id) => !workspace.members.has(id));
    for (const userId of user_ids) {
      const member = state.members.find((candidate) => candidate.id === userId);
      if (!member) throw badRequest('Some users are not members of the organization');
    }
    for (const userId of added) {
      const member = state.members.find((candidate) => candidate.id === userId);
      const role = member ? roleOf(member) : 'member';
      workspace.members.set(userId, { id: state.prng.uuid(), role, createdAt: state.now() });
    }
    const data = membershipViews(state, workspace).filter((view) => user_ids.includes(view.user_id));
    return c.json({ added_count: added.length, data });
  });
  app.post('/:id/members/remove', async (c) => {
    const workspace = changeable(state, c.req.param('id'));
    const { user_ids } = parse(UserIds, await jsonBody(c));
    const owners = new Set(
      state
        .keysOf(workspace.id)
        .filter((key) => key.deletedAt === null)
        .map((key) => key.creatorUserId),
    );
    if (user_ids.some((id) => owners.has(id))) {
      throw badRequest('Some members have active API keys in this workspace and cannot be removed');
    }
    const removed = user_ids.filter((id) => workspace.members.delete(id));
    return c.json({ removed_count: removed.length });
  });
}

function changeable(state: OpenRouterState, reference: string): StoredWorkspace {
  const workspace = state.workspace(reference);
  if (workspace.id === state.defaultWorkspaceId) {
    throw new ApiError(403, 'Cannot modify members of the default workspace');
  }
  return workspace;
}

function checkSlug(state: OpenRouterState, slug: string): void {
  for (const workspace of state.workspaces.values()) {
    if (workspace.slug === slug) throw badRequest('slug: A workspace with this slug already exists');
  }
}

function createWorkspace(
  state: OpenRouterState,
  input: z.output<typeof WorkspaceInput>,
  createdBy: string | null,
): StoredWorkspace {
  checkSlug(state, input.slug);
  const { name, slug, description, ...rest } = input;
  const id = state.prng.uuid();
  const workspace: StoredWorkspace = {
    id,
    slug,
    name,
    description: description ?? null,
    defaultGuardrailId: addDefaultGuardrail(state, id, state.now()).id,
    settings: rest,
    includeByokInBudgets: false,
    budgets: new Map(),
    members: new Map(),
    createdAt: state.now(),
    createdBy,
    updatedAt: null,
  };
  state.workspaces.set(id, workspace);
  return workspace;
}

function deleteWorkspace(
  state: OpenRouterState,
  workspace: StoredWorkspace,
  confirmed: string | undefined,
): void {
  if (workspace.id === state.defaultWorkspaceId) {
    throw confirmed === 'true'
      ? new ApiError(403, 'Deleting the default workspace is not available for this account')
      : badRequest('Deleting the default workspace requires confirm_default_workspace_deletion=true');
  }
  if (state.keysOf(workspace.id).some((key) => key.deletedAt === null)) {
    throw badRequest('Cannot delete a workspace with active API keys');
  }
  for (const guardrail of state.guardrails.values()) {
    if (guardrail.workspaceId === workspace.id) state.guardrails.delete(guardrail.id);
  }
  state.workspaces.delete(workspace.id);
}
