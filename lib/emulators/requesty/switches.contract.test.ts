import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { periods, record, records, startForTest, type TestEmulator } from './test-client';

const KEYS = '/v1/manage/apikey';
const UNKNOWN = `${KEYS}/3c90c3cc-0d44-4b50-8888-8dd25736052a`;
const DAY = 'start=2026-11-19T00:00:00Z';

let emulator: TestEmulator;
let defaults: Record<string, unknown>;
beforeAll(async () => {
  emulator = await startForTest({ keys: 30, historyDays: 60 });
  defaults = (await emulator.control('GET', '/switches')).json;
});
beforeEach(() => emulator.control('POST', '/switches', defaults));
afterAll(() => emulator.close());

const set = (patch: object) => emulator.control('POST', '/switches', patch);
const call: TestEmulator['call'] = (...args) => emulator.call(...args);
const usagePeriods = async (query: string) =>
  Object.keys(record((await call('GET', `/v1/manage/org/usage?${query}`)).json.usage));
const orgUsage = async (query: string) => periods(await call('GET', `/v1/manage/org/usage?${query}`));
const keys = async () => records((await call('GET', KEYS)).json.keys);

describe('switches', () => {
  it('belong to one generation, and an unknown one changes nothing', async () => {
    await set({ createStatus: 200, classic: { deleteStatus: 204 } });
    const { json } = await emulator.control('GET', '/switches');
    expect(record(json.current)).toMatchObject({ createStatus: 200, deleteStatus: 204 });
    expect(record(json.classic)).toMatchObject({ createStatus: 201, deleteStatus: 204 });
    expect((await set({ createStatus: 201, mood: 'good' })).status).toBe(400);
    expect((await set({ createStatus: 418 })).status).toBe(400);
    expect((await emulator.control('GET', '/switches')).json).toEqual(json);
  });

  it('set the statuses of successful writes and the body of an empty success', async () => {
    await set({ createStatus: 200, keyWriteStatus: 200, deleteStatus: 200, emptySuccessBody: 'object' });
    const created = await call('POST', KEYS, { body: { name: 'a' } });
    expect(created.status).toBe(200);
    const path = `${KEYS}/${created.json.api_key_id}`;
    const limited = await call('POST', `${path}/limit`, { body: { monthly_limit: 1 } });
    expect([limited.status, limited.text]).toEqual([200, '{}']);
    expect((await call('DELETE', path)).text).toBe('{}');
  });

  it.each([
    ['object-without-origin', '{"error":{"message":"api key not found"}}'],
    ['string', '{"error":"api key not found"}'],
    ['text', 'api key not found'],
    ['html', '<html><body><h1>404</h1><p>api key not found</p></body></html>'],
    ['empty', ''],
  ])('write errors as %s', async (errorBody, text) => {
    await set({ errorBody });
    const answer = await call('GET', UNKNOWN);
    expect([answer.status, answer.text]).toEqual([404, text]);
  });

  it('write an unknown key as 401 and another text for a missing right', async () => {
    await set({ unknownKeyStatus: 401, missingRightMessage: 'manage read permission required' });
    expect((await call('GET', KEYS, { key: 'x' })).status).toBe(401);
    const { secret } = await emulator.createKey({ name: 'b' });
    expect((await call('GET', KEYS, { key: secret })).text).toContain('manage read permission required');
  });
});

describe('money and optional fields', () => {
  it('come as numbers, as null, or not at all', async () => {
    await set({ keyMoney: 'number' });
    for (const key of await keys()) expect(key.monthly_spend).toEqual(expect.any(Number));
    await set({ zeroKeyMoney: 'null' });
    expect((await keys())[0]).toMatchObject({ monthly_limit: null, monthly_spend: null });
    await set({ zeroKeyMoney: 'absent', optionalKeyFields: 'absent' });
    expect(Object.keys((await keys())[0] ?? {})).toEqual(['id', 'name', 'permissions']);
  });

  it('come as strings where numbers are usual', async () => {
    await set({ groupMoney: 'string', groupNulls: 'absent', balance: 'string', usageSpend: 'number' });
    const [group] = records((await call('GET', '/v1/manage/group')).json.groups);
    expect(group?.monthly_spend).toEqual(expect.any(String));
    expect(group).not.toHaveProperty('monthly_budget');
    expect((await call('GET', '/v1/manage/org')).json.balance).toEqual(expect.any(String));
    expect((await orgUsage(DAY))[0]?.spend).toEqual(expect.any(Number));
  });

  it('set the organization default of an omitted limit, or demand one', async () => {
    await set({ omittedLimit: '100' });
    const { id } = await emulator.createKey({ name: 'c' });
    expect((await call('GET', `${KEYS}/${id}`)).json.monthly_limit).toBe('100');
    await set({ limitRequired: true, negativeLimits: 'accepted', duplicateNames: 'rejected' });
    expect((await call('POST', KEYS, { body: { name: 'd' } })).status).toBe(400);
    expect((await call('POST', KEYS, { body: { name: 'd', monthly_limit: -1 } })).status).toBe(201);
    expect((await call('POST', KEYS, { body: { name: 'd', monthly_limit: 1 } })).status).toBe(400);
  });

  it('add unknown fields to keys, groups and usage', async () => {
    await set({ unknownFields: 'present' });
    expect((await keys())[0]).toHaveProperty('x_tier');
    expect((await orgUsage(DAY))[0]).toHaveProperty('cached_tokens');
  });
});

describe('usage', () => {
  it.each([
    [{ dayKey: 'rfc3339' }, DAY, '2026-11-19T00:00:00Z'],
    [{ dayKey: 'rfc3339-fraction' }, DAY, '2026-11-19T00:00:00.000Z'],
    [{ dayKey: 'rfc3339-offset' }, DAY, '2026-11-19T00:00:00+00:00'],
    [{ monthKey: 'month' }, `${DAY}&resolution=month`, '2026-11'],
    [{ monthKey: 'rfc3339' }, `${DAY}&resolution=month`, '2026-11-01T00:00:00Z'],
  ])('names periods by %j', async (patch, query, period) => {
    await set(patch);
    expect(await usagePeriods(query)).toEqual([period]);
  });

  it('names hours with a fraction', async () => {
    await set({ hourKey: 'rfc3339-fraction' });
    for (const hour of await usagePeriods(`${DAY}&resolution=hour`)) expect(hour).toMatch(/:00:00\.000Z$/);
  });

  it('shows empty periods, leaves out zero counters, and gives empty groups', async () => {
    await set({ emptyPeriods: 'present', emptyGroupedData: 'empty', zeroCounters: 'absent' });
    const { id } = await emulator.createKey({ name: 'quiet' });
    const answer = await call('GET', `${KEYS}/${id}/usage?${DAY}&group_by=user_id`);
    expect(answer.json).toEqual({ usage: { '2026-11-19': { grouped_data: [] } } });
    expect((await orgUsage(DAY))[0]).not.toHaveProperty('image_requests');
  });

  it('takes query or body alone, POST, joined dimensions, and the documented dimensions alone', async () => {
    const { id } = await emulator.createKey({ name: 'asked' });
    const path = `${KEYS}/${id}/usage`;
    const body = { start: '2026-11-19T00:00:00Z' };
    await set({ usageParameters: 'query' });
    expect((await call('GET', path, { body })).status).toBe(400);
    await set({ usageParameters: 'body' });
    expect((await call('GET', `${path}?${DAY}`)).status).toBe(400);
    expect((await call('GET', path, { body })).status).toBe(200);
    await set({ usagePost: 'accepted', usageParameters: 'both' });
    expect((await call('POST', path, { body })).status).toBe(200);
    await set({ usagePost: 'method-not-allowed', commaJoinedGroupBy: 'accepted', keyGroupBy: 'documented' });
    expect((await call('POST', path, { body })).status).toBe(405);
    expect((await call('GET', `${path}?${DAY}&group_by=user_id,model_requested`)).status).toBe(200);
    expect((await call('GET', `${path}?${DAY}&group_by=model_used`)).status).toBe(400);
  });

  it('names unattributed spend with an empty value, and trails behind', async () => {
    await set({ unattributedGroup: 'empty' });
    const [day] = await orgUsage(`${DAY}&group_by=group_id`);
    const values = records(day?.grouped_data).map((row) => record(row.group_by_values).group_id);
    expect(values).toContain('');
    const { id } = await emulator.createKey({ name: 'late' });
    await emulator.control('POST', '/spend', { key: id, usd: 1 });
    await set({ spendLagHours: 1 });
    expect((await call('GET', `${KEYS}/${id}`)).json.monthly_spend).toBe('0');
    await set({ spendLagHours: 0 });
    expect((await call('GET', `${KEYS}/${id}`)).json.monthly_spend).toBe('1');
  });
});

describe('keys, groups and members', () => {
  it('hide expired keys and refuse their expiry with another status', async () => {
    const { id } = await emulator.createKey({ name: 'gone' });
    const expire = () =>
      call('POST', `${KEYS}/${id}/expiry`, { body: { expires_at: '2026-01-01T00:00:00Z' } });
    expect((await expire()).status).toBe(204);
    await set({ expiredKeys: 'hidden', expiredExpiryStatus: 409 });
    expect((await expire()).status).toBe(409);
    expect((await keys()).some((key) => key.id === id)).toBe(false);
  });

  it('accept writes to self and refuse to delete the key in use', async () => {
    await set({ selfWrites: 'accepted', deleteSelf: 'rejected' });
    expect((await call('POST', `${KEYS}/self/label`, { body: { labels: { a: 'b' } } })).status).toBe(204);
    expect((await call('DELETE', `${KEYS}/self`)).status).toBe(400);
  });

  it('know one role path alone, and drop the body of a DELETE', async () => {
    const [group] = records((await call('GET', '/v1/manage/group')).json.groups);
    const path = `/v1/manage/group/${group?.id}`;
    const [member] = records(record((await call('GET', path)).json.group).members);
    const body = { user_id: member?.id, role: 'member' };
    await set({ groupRolePath: 'body' });
    expect((await call('PUT', `${path}/member/${member?.id}/role`, { body })).status).toBe(404);
    expect((await call('PUT', `${path}/member`, { body })).status).toBe(200);
    await set({ groupRolePath: 'user-path', deleteBody: 'dropped', emptyWriteStatus: 204 });
    expect((await call('PUT', `${path}/member`, { body })).status).toBe(405);
    expect((await call('PUT', `${path}/member/${member?.id}/role`, { body })).status).toBe(204);
    expect((await call('DELETE', `${path}/member`, { body })).status).toBe(400);
  });

  it.each(['users', 'data', 'array'])('list members under %s', async (memberEnvelope) => {
    await set({ memberEnvelope, memberIdField: 'user_id', memberOptionalFields: 'absent' });
    const [member] = records((await call('GET', '/v1/manage/org/member')).json[memberEnvelope]);
    expect(member).toEqual({ user_id: expect.stringMatching(/^user-/) });
  });

  it('leave out empty modalities and accept a change of nothing', async () => {
    await set({ accessListArrays: 'absent-when-empty', emptyAccessListPatch: 'accepted' });
    const lists = records((await call('GET', '/v1/manage/access-list')).json.access_lists);
    for (const list of lists) expect(list).not.toHaveProperty('transcription');
    expect((await call('PATCH', `/v1/manage/access-list/${lists[0]?.id}`, { body: {} })).status).toBe(200);
  });
});
