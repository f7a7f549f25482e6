import { Hono } from 'hono';
import { accessListWire, describeAssignments, findAccessList } from '../access-list';
import { requireManage } from '../auth';
import type { RequestyEmulator, RouteEnv } from '../emulator';
import { ApiError, badRequest, notFound } from '../errors';
import {
  type JsonBody,
  optionalBoolean,
  optionalModelLists,
  optionalText,
  requireJsonBody,
  requireText,
} from '../request-body';
import { emptySuccess } from '../respond';
import type { RequestySwitches } from '../switches';
import type { AccessList } from '../types';

/** Access lists, below `/v1/manage/access-list`. */
export function accessListRoutes(emulator: RequestyEmulator): Hono<RouteEnv> {
  const { state } = emulator;
  const routes = new Hono<RouteEnv>();
  routes.get('/', (c) => {
    requireManage(c, 'read');
    const lists = [...state.accessLists.values()].map((list) =>
      accessListWire(state, list, c.get('switches')),
    );
    return c.json({ access_lists: lists });
  });
  routes.get('/:id', (c) => {
    requireManage(c, 'read');
    const list = existingList(emulator, c.req.param('id'));
    return c.json({ access_list: accessListWire(state, list, c.get('switches')) });
  });
  routes.post('/', async (c) => {
    requireManage(c, 'write');
    const list = createAccessList(emulator, await requireJsonBody(c));
    return c.json({ id: list.id }, 200);
  });
  routes.patch('/:id', async (c) => {
    requireManage(c, 'write');
    const list = existingList(emulator, c.req.param('id'));
    updateAccessList(list, await requireJsonBody(c), c.get('switches'));
    return emptySuccess(c.get('switches').emptyWriteStatus, c.get('switches').emptySuccessBody);
  });
  routes.delete('/:id', (c) => {
    requireManage(c, 'write');
    const list = existingList(emulator, c.req.param('id'));
    const uses = describeAssignments(state, list);
    if (uses !== null) throw new ApiError(409, `access list is assigned to ${uses}`);
    state.accessLists.delete(list.id);
    return emptySuccess(c.get('switches').emptyWriteStatus, c.get('switches').emptySuccessBody);
  });
  return routes;
}

function existingList(emulator: RequestyEmulator, id: string): AccessList {
  const list = findAccessList(emulator.state, id);
  if (!list) throw notFound('access list not found');
  return list;
}

function createAccessList(emulator: RequestyEmulator, body: JsonBody): AccessList {
  const list: AccessList = {
    id: emulator.random.uuid(),
    name: requireText(body, 'name'),
    autoApprove: optionalBoolean(body, 'auto_approve') ?? false,
    models: {
      chat: [],
      embedding: [],
      image: [],
      transcription: [],
      speech: [],
      ...optionalModelLists(body),
    },
  };
  emulator.state.accessLists.set(list.id, list);
  return list;
}

/** An array replaces its modality, an absent one leaves it; the whole body is checked before anything changes. */
function updateAccessList(list: AccessList, body: JsonBody, switches: RequestySwitches): void {
  const name = optionalText(body, 'name');
  const autoApprove = optionalBoolean(body, 'auto_approve');
  const models = optionalModelLists(body);
  const isEmpty = name === null && autoApprove === null && Object.keys(models).length === 0;
  if (isEmpty && switches.emptyAccessListPatch === 'rejected') throw badRequest('nothing to update');
  list.name = name ?? list.name;
  list.autoApprove = autoApprove ?? list.autoApprove;
  list.models = { ...list.models, ...models };
}
