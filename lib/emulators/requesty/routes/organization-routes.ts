import { Hono } from 'hono';
import { findAccessList } from '../access-list';
import { requireManage } from '../auth';
import type { RequestyEmulator, RouteEnv } from '../emulator';
import { badRequest } from '../errors';
import { organizationMember } from '../group-wire';
import { stringOrNumber } from '../money-wire';
import { optionalText, requireJsonBody } from '../request-body';
import { emptySuccess } from '../respond';
import type { RequestySwitches } from '../switches';
import { readUsage } from '../usage';
import { readUsageQuery } from '../usage-query';

/** The organization itself, below `/v1/manage/org`; the classic generation has no more than the first call. */
export function organizationRoutes(
  emulator: RequestyEmulator,
  generation: 'current' | 'classic',
): Hono<RouteEnv> {
  const routes = new Hono<RouteEnv>();
  routes.get('/', (c) => {
    requireManage(c, 'read');
    const balance = stringOrNumber(emulator.figures.balance(), c.get('switches').balance);
    return c.json({ name: emulator.state.organization.name, balance });
  });
  if (generation === 'classic') return routes;
  routes.get('/usage', async (c) => {
    requireManage(c, 'read');
    return c.json(readUsage(emulator, await readUsageQuery(c, 'org'), null, c.get('switches')));
  });
  routes.get('/member', (c) => {
    requireManage(c, 'read');
    return c.json(listMembers(emulator, c.get('switches')));
  });
  routes.post('/group/access-list', async (c) => {
    requireManage(c, 'write');
    const body = await requireJsonBody(c);
    if (body.access_list_id === undefined) throw badRequest('access_list_id is required');
    const id = optionalText(body, 'access_list_id');
    if (id !== null && !findAccessList(emulator.state, id)) throw badRequest('invalid access list');
    emulator.state.organization.groupAccessListId = id;
    return emptySuccess(c.get('switches').emptyWriteStatus, c.get('switches').emptySuccessBody);
  });
  return routes;
}

function listMembers(emulator: RequestyEmulator, switches: RequestySwitches) {
  const spend = emulator.figures.monthSpendByUser(switches.spendLagHours);
  const members = [...emulator.state.users.values()].map((user) =>
    organizationMember(user, spend.get(user.id) ?? 0n, switches),
  );
  return switches.memberEnvelope === 'array' ? members : { [switches.memberEnvelope]: members };
}
