import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { records, routerError, startForTest, type TestEmulator } from './test-client';

const KEYS = '/v1/manage/apikey';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MONEY = /^\d+(\.\d{1,9})?$/;
const RIGHTS = ['none', 'read', 'write'];

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startForTest();
});
afterAll(() => emulator.close());

const getKey = async (id: string) => (await emulator.call('GET', `${KEYS}/${id}`)).json;
const listed = async (id: string) =>
  records((await emulator.call('GET', KEYS)).json.keys).find((key) => key.id === id);

describe('the key list', () => {
  it('has every key in one answer, money as strings, optional fields only where there is something', async () => {
    const { status, json } = await emulator.call('GET', KEYS);
    const keys = records(json.keys);
    expect(status).toBe(200);
    expect(keys).toHaveLength(40);
    expect(new Set(keys.map((key) => key.name)).size).toBe(40);
    for (const key of keys) {
      expect(key).toMatchObject({
        id: expect.stringMatching(UUID),
        name: expect.any(String),
        monthly_limit: expect.stringMatching(MONEY),
        monthly_spend: expect.stringMatching(MONEY),
        permissions: {
          manage: expect.toBeOneOf(RIGHTS),
          completions: expect.toBeOneOf(RIGHTS),
        },
      });
      if (key.created_by) {
        expect(key.created_by).toEqual({
          id: expect.stringMatching(/^user-/),
          email: expect.stringMatching(/@/),
        });
      }
      if (key.group) expect(key.group).toEqual({ id: expect.stringMatching(UUID) });
      expect(key).not.toHaveProperty('logging');
      expect(key).not.toHaveProperty('expires_at');
      expect(key).not.toHaveProperty('created_at');
    }
    const withField = (field: string) => keys.filter((key) => field in key).length;
    for (const field of ['labels', 'created_by', 'group']) {
      expect(withField(field)).toBeGreaterThan(0);
      expect(withField(field)).toBeLessThan(40);
    }
    expect(keys.some((key) => key.monthly_limit === '0')).toBe(true);
    expect(keys.some((key) => key.monthly_limit !== '0')).toBe(true);
  });

  it('is the same for the same seed and another for another seed', async () => {
    const [same, other] = await Promise.all([startForTest(), startForTest({ seed: 8 })]);
    const fresh = await startForTest();
    const { text } = await fresh.call('GET', KEYS);
    expect((await same.call('GET', KEYS)).text).toBe(text);
    expect((await other.call('GET', KEYS)).text).not.toBe(text);
    await Promise.all([same.close(), other.close(), fresh.close()]);
  });
});

describe('create', () => {
  it('answers 201 with the id and a secret of the real form, and needs a name alone', async () => {
    const { status, json } = await emulator.call('POST', KEYS, { body: { name: 'only-a-name' } });
    expect(status).toBe(201);
    expect(Object.keys(json)).toEqual(['api_key_id', 'api_key']);
    expect(json.api_key).toMatch(/^rqsty-sk-[A-Za-z0-9+/]{90,}={1,2}$/);
    expect(await getKey(String(json.api_key_id))).toEqual({
      id: json.api_key_id,
      name: 'only-a-name',
      logging: true,
      monthly_limit: '0',
      monthly_spend: '0',
      permissions: { manage: 'none', completions: 'write' },
    });
  });

  it.each([
    [49.99, '49.99'],
    ['49.99', '49.99'],
    ['0.000000001', '0.000000001'],
    [0, '0'],
  ])('takes the limit %j and reads it back as %j', async (sent, read) => {
    const { id } = await emulator.createKey({ name: `limit-${typeof sent}-${read}`, monthly_limit: sent });
    expect(await getKey(id)).toMatchObject({ monthly_limit: read });
  });

  it('puts the key into the group that group_id names, created by the caller', async () => {
    const [group] = records((await emulator.call('GET', '/v1/manage/group')).json.groups);
    const { id } = await emulator.createKey({ name: 'grouped', group_id: group?.id });
    expect(await getKey(id)).toMatchObject({ group: { id: group?.id } });
    expect(await listed(id)).toMatchObject({
      group: { id: group?.id },
      created_by: { id: expect.stringMatching(/^user-/) },
    });
  });

  it.each([
    [{}, 'name is required'],
    [{ name: '' }, 'name must not be empty'],
    [{ name: 7 }, 'name must be a string'],
    [{ name: 'x', monthly_limit: 'lots' }, 'monthly_limit must be a decimal'],
    [{ name: 'x', monthly_limit: true }, 'monthly_limit must be a decimal'],
    [{ name: 'x', monthly_limit: -1 }, 'monthly_limit must not be negative'],
    [
      { name: 'x', permissions: { manage: 'read' } },
      'permissions.completions must be one of: none, read, write',
    ],
    [
      { name: 'x', permissions: { manage: 'all', completions: 'write' } },
      'permissions.manage must be one of: none, read, write',
    ],
    [[], 'request body must be a JSON object'],
  ])('refuses %j', async (body, message) => {
    const { status, json } = await emulator.call('POST', KEYS, { body });
    expect({ status, json }).toEqual({ status: 400, json: routerError(message) });
  });

  it('refuses a body that is not JSON, and none', async () => {
    expect(await emulator.call('POST', KEYS, { raw: '{"name":' })).toMatchObject({
      status: 400,
      json: routerError('invalid JSON body'),
    });
    expect((await emulator.call('POST', KEYS)).status).toBe(400);
  });
});

describe('changes', () => {
  it('sets and removes the limit with 204 and no body', async () => {
    const { id } = await emulator.createKey({ name: 'limited', monthly_limit: '5' });
    const set = await emulator.call('POST', `${KEYS}/${id}/limit`, { body: { monthly_limit: 12.5 } });
    expect({ status: set.status, text: set.text }).toEqual({ status: 204, text: '' });
    expect(await getKey(id)).toMatchObject({ monthly_limit: '12.5' });
    await emulator.call('POST', `${KEYS}/${id}/limit`, { body: { monthly_limit: '0' } });
    expect(await getKey(id)).toMatchObject({ monthly_limit: '0' });
    const missing = await emulator.call('POST', `${KEYS}/${id}/limit`, { body: {} });
    expect(missing).toMatchObject({ status: 400, json: routerError('monthly_limit is required') });
  });

  it('replaces all labels', async () => {
    const { id } = await emulator.createKey({ name: 'labelled' });
    const path = `${KEYS}/${id}/label`;
    expect((await emulator.call('POST', path, { body: { labels: { env: 'prod', team: 'a' } } })).status).toBe(
      204,
    );
    expect((await emulator.call('POST', path, { body: { labels: { env: 'dev' } } })).status).toBe(204);
    expect(await listed(id)).toMatchObject({ labels: { env: 'dev' } });
    await emulator.call('POST', path, { body: { labels: {} } });
    expect(await listed(id)).not.toHaveProperty('labels');
    expect((await emulator.call('POST', path, { body: { labels: { env: 1 } } })).status).toBe(400);
    expect((await emulator.call('POST', path, { body: {} })).status).toBe(400);
  });

  it('takes an expiry, removes it, never shows it, and never revives an expired key', async () => {
    const { id, secret } = await emulator.createKey({ name: 'expiring' });
    const path = `${KEYS}/${id}/expiry`;
    const set = (expires_at: unknown) => emulator.call('POST', path, { body: { expires_at } });
    expect((await set('2026-12-31T23:59:59Z')).status).toBe(204);
    expect(await getKey(id)).not.toHaveProperty('expires_at');
    expect((await set(null)).status).toBe(204);
    expect((await emulator.call('POST', path, { body: {} })).status).toBe(204);
    expect(await set('2026-12-31')).toMatchObject({ status: 400 });
    expect(await set('2026-13-40T00:00:00Z')).toMatchObject({ status: 400 });
    expect((await set('2026-11-20T10:29:00+00:00')).status).toBe(204);
    expect(await emulator.call('GET', `${KEYS}/self`, { key: secret })).toMatchObject({ status: 403 });
    expect(await set(null)).toMatchObject({ status: 400, json: routerError('api key is expired') });
    expect(await listed(id)).toBeDefined();
  });

  it('deletes with 204, and the key fails at once', async () => {
    const { id, secret } = await emulator.createKey({ name: 'short-lived' });
    expect((await emulator.call('GET', `${KEYS}/self`, { key: secret })).status).toBe(200);
    const deleted = await emulator.call('DELETE', `${KEYS}/${id}`);
    expect({ status: deleted.status, text: deleted.text }).toEqual({ status: 204, text: '' });
    expect(await listed(id)).toBeUndefined();
    expect((await emulator.call('DELETE', `${KEYS}/${id}`)).status).toBe(404);
    const after = await emulator.call('GET', `${KEYS}/self`, { key: secret });
    expect(after).toMatchObject({ status: 403, json: routerError('Invalid authorization token') });
  });
});

describe('rights', () => {
  it('answers 401 without a key and 403 for one it does not know', async () => {
    const none = await emulator.call('GET', KEYS, { key: null });
    expect({ status: none.status, json: none.json }).toEqual({
      status: 401,
      json: routerError('Unauthorized'),
    });
    const unknown = await emulator.call('GET', KEYS, { key: 'rqsty-sk-unknown' });
    expect({ status: unknown.status, json: unknown.json }).toEqual({
      status: 403,
      json: routerError('Invalid authorization token'),
    });
  });

  it('lets a key without manage rights read itself and nothing else', async () => {
    const { id, secret } = await emulator.createKey({ name: 'inference-only' });
    const other = await emulator.createKey({ name: 'other' });
    const get = (path: string) => emulator.call('GET', path, { key: secret });
    expect(await get(`${KEYS}/self`)).toMatchObject({ status: 200, json: { id, name: 'inference-only' } });
    expect((await get(`${KEYS}/self/usage?start=2026-11-20T00:00:00Z`)).status).toBe(200);
    const refused = { status: 403, json: routerError('API key does not have manage permissions') };
    for (const path of [KEYS, `${KEYS}/${other.id}`, '/v1/manage/org', '/v1/manage/group']) {
      expect(await get(path)).toMatchObject(refused);
    }
    expect((await get('/v1/auth/check')).status).toBe(200);
  });

  it('lets manage read see and manage write change', async () => {
    const permissions = { manage: 'read', completions: 'none' };
    const { id, secret } = await emulator.createKey({ name: 'auditor', permissions });
    expect((await emulator.call('GET', KEYS, { key: secret })).status).toBe(200);
    const writes: [string, string][] = [
      ['POST', KEYS],
      ['POST', `${KEYS}/${id}/limit`],
      ['POST', `${KEYS}/${id}/label`],
      ['POST', `${KEYS}/${id}/expiry`],
      ['DELETE', `${KEYS}/${id}`],
      ['POST', '/v1/manage/group'],
      ['POST', '/v1/manage/access-list'],
      ['POST', '/v1/manage/org/group/access-list'],
    ];
    for (const [method, path] of writes) {
      expect((await emulator.call(method, path, { key: secret, body: {} })).status).toBe(403);
    }
  });

  it('answers 404 for an id it does not know and for a path it does not have', async () => {
    const unknown = '3c90c3cc-0d44-4b50-8888-8dd25736052a';
    for (const path of [`${KEYS}/${unknown}`, `${KEYS}/${unknown}/usage?start=2026-11-20T00:00:00Z`]) {
      expect(await emulator.call('GET', path)).toMatchObject({
        status: 404,
        json: routerError('api key not found'),
      });
    }
    expect((await emulator.call('POST', `${KEYS}/${unknown}/limit`, { body: {} })).status).toBe(404);
    expect((await emulator.call('PATCH', `${KEYS}/${unknown}`)).json).toEqual(routerError('not found'));
    expect((await emulator.call('POST', `${KEYS}/self/limit`, { body: { monthly_limit: 1 } })).status).toBe(
      404,
    );
  });
});
