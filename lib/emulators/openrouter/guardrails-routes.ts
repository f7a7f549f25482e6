import { Hono } from 'hono';
import { z } from 'zod';
import { jsonBody } from '../shared/wire';
import { badRequest, parse } from './api-error';
import { type AppContext, type AppEnv, callerUserId, managementKey, page, requireBudgets } from './app-env';
import {
  assignKeys,
  assignMembers,
  checkBudgetPair,
  GuardrailInput,
  GuardrailPatch,
  guardrailById,
  guardrailView,
  keyAssignmentView,
  memberAssignmentView,
  withoutSubjects,
} from './guardrail-changes';
import type { OpenRouterState } from './state';
import type { StoredAssignment, StoredGuardrail } from './stored';

const KeyHashes = z.object({ key_hashes: z.array(z.string()).min(1) });
const MemberIds = z.object({ member_user_ids: z.array(z.string()).min(1) });

/** /guardrails: CRUD, and which keys and members each covers. */
export function guardrailsRoutes(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('*', managementKey(state));
  app.use('*', requireBudgets(state));
  app.get('/assignments/keys', (c) => keyPage(c, state, state.keyAssignments));
  app.get('/assignments/members', (c) => memberPage(c, state, state.memberAssignments));
  addCrud(app, state);
  addKeyAssignments(app, state);
  addMemberAssignments(app, state);
  return app;
}

function addCrud(app: Hono<AppEnv>, state: OpenRouterState): void {
  app.get('/', (c) => {
    const workspaceId = state.workspace(c.req.query('workspace_id') ?? state.defaultWorkspaceId).id;
    const own = [...state.guardrails.values()].filter((guardrail) => guardrail.workspaceId === workspaceId);
    const { data, total_count } = page(c, own);
    return c.json({ data: data.map(guardrailView), total_count });
  });
  app.post('/', async (c) => {
    const { name, workspace_id, ...fields } = parse(GuardrailInput, await jsonBody(c));
    checkBudgetPair(fields);
    const guardrail: StoredGuardrail = {
      id: state.prng.uuid(),
      workspaceId: state.workspace(workspace_id ?? state.defaultWorkspaceId).id,
      isDefault: false,
      name,
      fields,
      createdAt: state.now(),
      updatedAt: null,
    };
    state.guardrails.set(guardrail.id, guardrail);
    return c.json({ data: guardrailView(guardrail) }, 201);
  });
  app.get('/:id', (c) => c.json({ data: guardrailView(guardrailById(state, c.req.param('id'))) }));
  app.patch('/:id', async (c) => {
    const guardrail = guardrailById(state, c.req.param('id'));
    const { name, ...fields } = parse(GuardrailPatch, await jsonBody(c));
    checkBudgetPair(fields);
    if (guardrail.isDefault && name !== undefined && name !== guardrail.name) {
      throw badRequest('name: The name of a default guardrail cannot be changed');
    }
    guardrail.name = name ?? guardrail.name;
    Object.assign(guardrail.fields, fields);
    guardrail.updatedAt = state.now();
    return c.json({ data: guardrailView(guardrail) });
  });
  app.delete('/:id', (c) => {
    const guardrail = guardrailById(state, c.req.param('id'));
    if (guardrail.isDefault) throw badRequest('Cannot delete a default guardrail');
    state.guardrails.delete(guardrail.id);
    state.keyAssignments = state.keyAssignments.filter((each) => each.guardrailId !== guardrail.id);
    state.memberAssignments = state.memberAssignments.filter((each) => each.guardrailId !== guardrail.id);
    return c.json({ deleted: true });
  });
}

function addKeyAssignments(app: Hono<AppEnv>, state: OpenRouterState): void {
  app.get('/:id/assignments/keys', (c) => keyPage(c, state, ofGuardrail(c, state, state.keyAssignments)));
  app.post('/:id/assignments/keys', async (c) => {
    const guardrail = guardrailById(state, c.req.param('id'));
    const { key_hashes } = parse(KeyHashes, await jsonBody(c));
    return c.json({ assigned_count: assignKeys(state, guardrail, key_hashes, callerUserId(c)) });
  });
  app.post('/:id/assignments/keys/remove', async (c) => {
    const guardrail = guardrailById(state, c.req.param('id'));
    const { key_hashes } = parse(KeyHashes, await jsonBody(c));
    const { left, removed } = withoutSubjects(state.keyAssignments, guardrail.id, key_hashes);
    state.keyAssignments = left;
    return c.json({ unassigned_count: removed });
  });
}

function addMemberAssignments(app: Hono<AppEnv>, state: OpenRouterState): void {
  app.get('/:id/assignments/members', (c) =>
    memberPage(c, state, ofGuardrail(c, state, state.memberAssignments)),
  );
  app.post('/:id/assignments/members', async (c) => {
    const guardrail = guardrailById(state, c.req.param('id'));
    const { member_user_ids } = parse(MemberIds, await jsonBody(c));
    return c.json({ assigned_count: assignMembers(state, guardrail, member_user_ids, callerUserId(c)) });
  });
  app.post('/:id/assignments/members/remove', async (c) => {
    const guardrail = guardrailById(state, c.req.param('id'));
    const { member_user_ids } = parse(MemberIds, await jsonBody(c));
    const { left, removed } = withoutSubjects(state.memberAssignments, guardrail.id, member_user_ids);
    state.memberAssignments = left;
    return c.json({ unassigned_count: removed });
  });
}

function ofGuardrail(
  c: AppContext,
  state: OpenRouterState,
  assignments: readonly StoredAssignment[],
): StoredAssignment[] {
  const guardrail = guardrailById(state, c.req.param('id') ?? '');
  return assignments.filter((each) => each.guardrailId === guardrail.id);
}

/** Rows of deleted keys are dropped from the page but stay counted, unless switched. */
function keyPage(c: AppContext, state: OpenRouterState, assignments: readonly StoredAssignment[]): Response {
  const counted = state.switches.shortAssignmentPages
    ? assignments
    : assignments.filter((each) => keyAssignmentView(state, each) !== null);
  const { data, total_count } = page(c, counted);
  const views = data.map((each) => keyAssignmentView(state, each)).filter((view) => view !== null);
  return c.json({ data: views, total_count });
}

function memberPage(
  c: AppContext,
  state: OpenRouterState,
  assignments: readonly StoredAssignment[],
): Response {
  const { data, total_count } = page(c, assignments);
  return c.json({ data: data.map((each) => memberAssignmentView(state, each)), total_count });
}
