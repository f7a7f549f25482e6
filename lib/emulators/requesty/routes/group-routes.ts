import { type Context, Hono } from 'hono';
import { requireManage } from '../auth';
import type { RequestyEmulator, RouteEnv } from '../emulator';
import { ApiError, badRequest, notFound } from '../errors';
import { detailedGroup, listedGroup } from '../group-wire';
import { optionalMoney } from '../money-wire';
import { type JsonBody, requireJsonBody, requireRole, requireText } from '../request-body';
import { emptySuccess } from '../respond';
import type { GroupMember, RequestyGroup } from '../types';

/** Groups and their members, below `/v1/manage/group`. */
export function groupRoutes(emulator: RequestyEmulator): Hono<RouteEnv> {
  const routes = new Hono<RouteEnv>();
  routes.get('/', (c) => answerList(emulator, c));
  routes.post('/', (c) => answerCreate(emulator, c));
  routes.get('/:id', (c) => {
    requireManage(c, 'read');
    const switches = c.get('switches');
    const group = existingGroup(emulator, c.req.param('id'));
    const spendByUser = emulator.figures.groupSpendByUser(group.id, switches.spendLagHours);
    return c.json({ group: detailedGroup(emulator, group, spendByUser, switches) });
  });
  routes.delete('/:id', (c) => {
    requireManage(c, 'write');
    existingGroup(emulator, c.req.param('id')).deletedAt = emulator.clock.now().getTime();
    return emptySuccess(c.get('switches').deleteStatus, c.get('switches').emptySuccessBody);
  });
  routes.post('/:id/member', (c) => answerAddMember(emulator, c, c.req.param('id')));
  routes.delete('/:id/member', (c) => answerRemoveMember(emulator, c, c.req.param('id')));
  routes.put('/:id/member/:user/role', async (c) => {
    requireManage(c, 'write');
    if (c.get('switches').groupRolePath === 'body') throw notFound('not found');
    const group = existingGroup(emulator, c.req.param('id'));
    return changeRole(c, group, c.req.param('user'), await requireJsonBody(c));
  });
  routes.put('/:id/member', async (c) => {
    requireManage(c, 'write');
    if (c.get('switches').groupRolePath === 'user-path') throw new ApiError(405, 'method not allowed');
    const group = existingGroup(emulator, c.req.param('id'));
    const body = await requireJsonBody(c);
    return changeRole(c, group, requireText(body, 'user_id'), body);
  });
  return routes;
}

function answerList(emulator: RequestyEmulator, c: Context<RouteEnv>): Response {
  requireManage(c, 'read');
  const switches = c.get('switches');
  const spend = emulator.figures.monthSpendByGroup(switches.spendLagHours);
  const groups = emulator.state
    .liveGroups()
    .map((group) => listedGroup(emulator, group, spend.get(group.id) ?? 0n, switches));
  return c.json({ groups });
}

async function answerCreate(emulator: RequestyEmulator, c: Context<RouteEnv>): Promise<Response> {
  requireManage(c, 'write');
  const switches = c.get('switches');
  const body = await requireJsonBody(c);
  const group: RequestyGroup = {
    id: emulator.random.uuid(),
    name: requireText(body, 'name'),
    monthlyLimit: optionalMoney(body, 'monthly_limit', switches),
    monthlyBudgetPerUser: null,
    createdBy: c.get('caller').createdBy ?? emulator.state.organization.ownerId,
    createdAt: emulator.clock.now().getTime(),
    deletedAt: null,
    accessListId: null,
    members: new Map(),
  };
  emulator.state.groups.set(group.id, group);
  return c.json({ group_id: group.id }, switches.groupCreateStatus);
}

async function answerAddMember(
  emulator: RequestyEmulator,
  c: Context<RouteEnv>,
  id: string,
): Promise<Response> {
  requireManage(c, 'write');
  const group = existingGroup(emulator, id);
  const body = await requireJsonBody(c);
  const userId = requireText(body, 'user_id');
  const role = requireRole(body);
  if (!emulator.state.users.has(userId)) throw notFound('user not found');
  if (group.members.has(userId)) throw badRequest('user is already a member of the group');
  group.members.set(userId, { userId, role, rateLimit: null });
  return memberWritten(c);
}

async function answerRemoveMember(
  emulator: RequestyEmulator,
  c: Context<RouteEnv>,
  id: string,
): Promise<Response> {
  requireManage(c, 'write');
  const group = existingGroup(emulator, id);
  if (c.get('switches').deleteBody === 'dropped') throw badRequest('request body is required');
  const userId = requireText(await requireJsonBody(c), 'user_id');
  group.members.delete(existingMember(group, userId).userId);
  return memberWritten(c);
}

function changeRole(c: Context<RouteEnv>, group: RequestyGroup, userId: string, body: JsonBody): Response {
  const role = requireRole(body);
  existingMember(group, userId).role = role;
  return emptySuccess(c.get('switches').emptyWriteStatus, c.get('switches').emptySuccessBody);
}

function memberWritten(c: Context<RouteEnv>): Response {
  return emptySuccess(c.get('switches').memberWriteStatus, c.get('switches').emptySuccessBody);
}

function existingGroup(emulator: RequestyEmulator, id: string): RequestyGroup {
  const group = emulator.state.findGroup(id);
  if (!group) throw notFound('group not found');
  return group;
}

function existingMember(group: RequestyGroup, userId: string): GroupMember {
  const member = group.members.get(userId);
  if (!member) throw notFound('user is not a member of the group');
  return member;
}
