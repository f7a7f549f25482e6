import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nano, record, records, routerError, startForTest, type TestEmulator } from './test-client';

const GROUPS = '/v1/manage/group';
const UNKNOWN = '3c90c3cc-0d44-4b50-8888-8dd25736052a';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startForTest();
});
afterAll(() => emulator.close());

const call: TestEmulator['call'] = (...args) => emulator.call(...args);
const listGroups = async () => records((await call('GET', GROUPS)).json.groups);
const listUsers = async () => records((await call('GET', '/v1/manage/org/member')).json.members);
const detail = async (id: unknown) => record((await call('GET', `${GROUPS}/${id}`)).json.group);
const newGroup = async (body: object) => (await call('POST', GROUPS, { body })).json.group_id;

describe('groups', () => {
  it('lists six, with money as numbers and null where there is none', async () => {
    const groups = await listGroups();
    expect(groups).toHaveLength(6);
    for (const group of groups) {
      expect(group).toEqual({
        id: expect.any(String),
        organization_id: expect.any(String),
        name: expect.any(String),
        members_count: expect.any(Number),
        monthly_spend: expect.any(Number),
        monthly_limit: group.monthly_limit === null ? null : expect.any(Number),
        monthly_budget: null,
        monthly_budget_per_user: null,
        created_by: expect.stringMatching(/^user-/),
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      });
    }
  });

  it('shows members and neither their count nor the spend in the detail', async () => {
    for (const listed of await listGroups()) {
      const group = await detail(listed.id);
      expect(group).not.toHaveProperty('members_count');
      expect(group).not.toHaveProperty('monthly_spend');
      const members = records(group.members);
      expect(members).toHaveLength(Number(listed.members_count));
      for (const member of members) {
        expect(Object.keys(member)).toEqual([
          'id',
          'email',
          'role',
          'monthly_limit',
          'monthly_spend',
          'rate_limit',
          'active',
        ]);
        expect(member.monthly_spend).toEqual(expect.any(Number));
      }
      const ofMembers = members.reduce((sum, member) => sum + nano(member.monthly_spend), 0n);
      expect(ofMembers).toBeLessThanOrEqual(nano(listed.monthly_spend));
    }
  });

  it('creates with 200, reads back and deletes with 204', async () => {
    const created = await call('POST', GROUPS, { body: { name: 'Research', monthly_limit: 12.5 } });
    expect(created.status).toBe(200);
    expect(Object.keys(created.json)).toEqual(['group_id']);
    const id = created.json.group_id;
    expect(await detail(id)).toMatchObject({ name: 'Research', monthly_limit: 12.5, members: [] });
    const key = await emulator.createKey({ name: 'research-key', group_id: id });
    expect((await call('DELETE', `${GROUPS}/${id}`)).status).toBe(204);
    expect((await call('GET', `/v1/manage/apikey/${key.id}`)).json).not.toHaveProperty('group');
    expect(await call('GET', `${GROUPS}/${id}`)).toMatchObject({
      status: 404,
      json: routerError('group not found'),
    });
    expect((await listGroups()).some((group) => group.id === id)).toBe(false);
  });

  it('refuses a group without a name, with a bad limit, and a key in a group that is none', async () => {
    expect((await call('POST', GROUPS, { body: {} })).status).toBe(400);
    expect((await call('POST', GROUPS, { body: { name: 'x', monthly_limit: 'much' } })).status).toBe(400);
    const body = { name: 'x', group_id: UNKNOWN };
    expect(await call('POST', '/v1/manage/apikey', { body })).toMatchObject({
      status: 404,
      json: routerError('group not found'),
    });
  });
});

describe('members', () => {
  it('are added, promoted by both paths and removed by a DELETE with a body', async () => {
    const id = await newGroup({ name: 'Members' });
    const [user] = await listUsers();
    const path = `${GROUPS}/${id}/member`;
    const roles = async () => records((await detail(id)).members).map((member) => member.role);
    const added = await call('POST', path, { body: { user_id: user?.id, role: 'member' } });
    expect({ status: added.status, text: added.text }).toEqual({ status: 204, text: '' });
    expect(await roles()).toEqual(['member']);
    const byPath = await call('PUT', `${path}/${user?.id}/role`, { body: { role: 'admin' } });
    expect({ status: byPath.status, text: byPath.text }).toEqual({ status: 200, text: '' });
    expect(await roles()).toEqual(['admin']);
    const byBody = await call('PUT', path, { body: { user_id: user?.id, role: 'member' } });
    expect(byBody.status).toBe(200);
    expect(await roles()).toEqual(['member']);
    expect((await call('DELETE', path)).status).toBe(400);
    expect((await call('DELETE', path, { body: { user_id: user?.id } })).status).toBe(204);
    expect(await roles()).toEqual([]);
    expect((await call('DELETE', path, { body: { user_id: user?.id } })).status).toBe(404);
  });

  it('need a known user and one of the two roles', async () => {
    const id = await newGroup({ name: 'Strict' });
    const [user] = await listUsers();
    const path = `${GROUPS}/${id}/member`;
    const add = (body: object) => call('POST', path, { body });
    expect((await add({ user_id: 'user-nobody', role: 'member' })).status).toBe(404);
    expect((await add({ user_id: user?.id })).status).toBe(400);
    expect((await add({ user_id: user?.id, role: 'owner' })).status).toBe(400);
    expect((await add({ user_id: user?.id, role: 'admin' })).status).toBe(204);
    expect((await add({ user_id: user?.id, role: 'admin' })).status).toBe(400);
    expect((await call('POST', `${GROUPS}/${UNKNOWN}/member`, { body: {} })).status).toBe(404);
  });
});

describe('Group Budget mode', () => {
  it('fills the budgets instead of the limit and demands a group for every key', async () => {
    const budget = await startForTest({ switches: { budgetMode: 'group' } });
    const groups = records((await budget.call('GET', GROUPS)).json.groups);
    for (const group of groups) expect(group.monthly_limit).toBeNull();
    expect(groups.some((group) => group.monthly_budget === 1000)).toBe(true);
    expect(groups.some((group) => group.monthly_budget_per_user === 200)).toBe(true);
    const without = await budget.call('POST', '/v1/manage/apikey', { body: { name: 'x' } });
    expect(without).toMatchObject({
      status: 400,
      json: routerError('group_id is required for organizations in group budget mode'),
    });
    const body = { name: 'x', group_id: groups[0]?.id };
    expect((await budget.call('POST', '/v1/manage/apikey', { body })).status).toBe(201);
    await budget.close();
  });
});
