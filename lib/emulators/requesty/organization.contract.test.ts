import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record, records, routerError, startForTest, type TestEmulator } from './test-client';

const LISTS = '/v1/manage/access-list';
const DEFAULT_LIST = '/v1/manage/org/group/access-list';
const UNKNOWN = '3c90c3cc-0d44-4b50-8888-8dd25736052a';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startForTest();
});
afterAll(() => emulator.close());

const call: TestEmulator['call'] = (...args) => emulator.call(...args);
const accessLists = async () => records((await call('GET', LISTS)).json.access_lists);
const accessList = async (id: unknown) => record((await call('GET', `${LISTS}/${id}`)).json.access_list);
const createList = async (body: object) => (await call('POST', LISTS, { body })).json.id;

describe('the organization', () => {
  it('has a name and a balance and no id', async () => {
    const { status, json } = await call('GET', '/v1/manage/org');
    expect(status).toBe(200);
    expect(json).toEqual({ name: 'Acme Corp', balance: expect.any(Number) });
    expect(Number(json.balance)).toBeGreaterThan(0);
  });

  it('lists its members with ids that are no UUIDs', async () => {
    const { status, json } = await call('GET', '/v1/manage/org/member');
    const members = records(json.members);
    expect(status).toBe(200);
    expect(members.length).toBeGreaterThanOrEqual(15);
    for (const member of members) {
      expect(member).toMatchObject({
        id: expect.stringMatching(/^user-[0-9a-f]+$/),
        email: expect.stringMatching(/^[a-z]+\.[a-z]+@acme\.example$/),
        role: expect.toBeOneOf(['admin', 'member']),
        active: expect.any(Boolean),
      });
    }
    expect(new Set(members.map((member) => member.email)).size).toBe(members.length);
  });
});

describe('access lists', () => {
  it('are listed and read with five arrays of models', async () => {
    const lists = await accessLists();
    expect(lists).toHaveLength(3);
    for (const list of lists) {
      expect(Object.keys(list)).toEqual([
        'id',
        'name',
        'organization_id',
        'auto_approve',
        'chat',
        'embedding',
        'image',
        'transcription',
        'speech',
      ]);
      expect(await accessList(list.id)).toEqual(list);
    }
    expect((await call('GET', `${LISTS}/${UNKNOWN}`)).status).toBe(404);
  });

  it('are created with 200, changed one modality at a time and deleted with an empty 200', async () => {
    const created = await call('POST', LISTS, { body: { name: 'New', chat: ['a/b'], speech: ['c/d'] } });
    expect(created.status).toBe(200);
    const id = created.json.id;
    expect(await accessList(id)).toMatchObject({
      name: 'New',
      auto_approve: false,
      chat: ['a/b'],
      image: [],
      speech: ['c/d'],
    });
    const changed = await call('PATCH', `${LISTS}/${id}`, { body: { chat: [], auto_approve: true } });
    expect({ status: changed.status, text: changed.text }).toEqual({ status: 200, text: '' });
    expect(await accessList(id)).toMatchObject({
      name: 'New',
      auto_approve: true,
      chat: [],
      speech: ['c/d'],
    });
    const deleted = await call('DELETE', `${LISTS}/${id}`);
    expect({ status: deleted.status, text: deleted.text }).toEqual({ status: 200, text: '' });
    expect((await call('DELETE', `${LISTS}/${id}`)).status).toBe(404);
  });

  it('refuse a bad name, a bad list and a change of nothing, and change nothing then', async () => {
    const id = await createList({ name: 'Kept', chat: ['a/b'] });
    expect((await call('POST', LISTS, { body: { chat: [] } })).status).toBe(400);
    expect((await call('POST', LISTS, { body: { name: 'x', chat: 'gpt' } })).status).toBe(400);
    expect((await call('PATCH', `${LISTS}/${id}`, { body: {} })).status).toBe(400);
    expect((await call('PATCH', `${LISTS}/${id}`, { body: { name: 'Other', image: [7] } })).status).toBe(400);
    expect(await accessList(id)).toMatchObject({ name: 'Kept', chat: ['a/b'] });
  });

  it('cannot be deleted while assigned: 409, until the default is cleared', async () => {
    const [assigned] = await accessLists();
    expect(await call('DELETE', `${LISTS}/${assigned?.id}`)).toMatchObject({
      status: 409,
      json: {
        error: { origin: 'router', message: expect.stringMatching(/^access list is assigned to 2 groups/) },
      },
    });
    const id = await createList({ name: 'Default' });
    const assign = (access_list_id: unknown) => call('POST', DEFAULT_LIST, { body: { access_list_id } });
    expect((await assign(id)).status).toBe(200);
    expect(await call('DELETE', `${LISTS}/${id}`)).toMatchObject({
      status: 409,
      json: routerError('access list is assigned to the organization'),
    });
    expect((await assign(null)).status).toBe(200);
    expect((await call('DELETE', `${LISTS}/${id}`)).status).toBe(200);
    expect(await assign(UNKNOWN)).toMatchObject({ status: 400, json: routerError('invalid access list') });
    expect((await call('POST', DEFAULT_LIST, { body: {} })).status).toBe(400);
  });
});
