import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { records, routerError, startForTest, type TestEmulator } from './test-client';

const KEYS = '/classic/v1/manage/apikey';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startForTest();
});
afterAll(() => emulator.close());

const call: TestEmulator['call'] = (...args) => emulator.call(...args);
const listed = async () => records((await call('GET', KEYS)).json.keys);
const createKey = async (body: object) => (await call('POST', KEYS, { body })).json;

describe('keys of the classic generation', () => {
  it('are those of the current one, without labels, creator and group', async () => {
    const current = records((await call('GET', '/v1/manage/apikey')).json.keys);
    const classic = await listed();
    expect(classic.map((key) => key.id)).toEqual(current.map((key) => key.id));
    for (const key of classic) {
      expect(Object.keys(key)).toEqual(['id', 'name', 'monthly_limit', 'monthly_spend', 'permissions']);
    }
  });

  it('are created with 201 and need a limit', async () => {
    expect(await call('POST', KEYS, { body: { name: 'no-limit' } })).toMatchObject({
      status: 400,
      json: routerError('monthly_limit is required'),
    });
    const created = await call('POST', KEYS, { body: { name: 'classic-key', monthly_limit: 25 } });
    expect(created.status).toBe(201);
    const id = created.json.api_key_id;
    expect((await listed()).find((key) => key.id === id)).toMatchObject({
      name: 'classic-key',
      monthly_limit: '25',
      monthly_spend: '0',
    });
    expect((await call('GET', `/v1/manage/apikey/${id}`)).json).toMatchObject({ monthly_limit: '25' });
  });

  it('are limited and deleted with 200', async () => {
    const { api_key_id: id, api_key: secret } = await createKey({ name: 'passing', monthly_limit: 1 });
    expect((await call('POST', `${KEYS}/${id}/limit`, { body: { monthly_limit: 7.5 } })).status).toBe(200);
    expect((await listed()).find((key) => key.id === id)).toMatchObject({ monthly_limit: '7.5' });
    expect((await call('DELETE', `${KEYS}/${id}`)).status).toBe(200);
    expect((await listed()).some((key) => key.id === id)).toBe(false);
    expect((await call('GET', KEYS, { key: String(secret) })).status).toBe(403);
  });

  it('have the same rights and errors', async () => {
    const created = await createKey({ name: 'plain', monthly_limit: 1 });
    expect(await call('GET', KEYS, { key: null })).toMatchObject({ status: 401 });
    expect(await call('GET', KEYS, { key: 'x' })).toMatchObject({
      status: 403,
      json: routerError('Invalid authorization token'),
    });
    expect(await call('GET', KEYS, { key: String(created.api_key) })).toMatchObject({
      status: 403,
      json: routerError('API key does not have manage permissions'),
    });
  });

  it('know neither self, labels, expiry, the newer usage, groups nor access lists', async () => {
    const { api_key_id: id } = await createKey({ name: 'bare', monthly_limit: 1 });
    const paths: [string, string][] = [
      ['GET', `${KEYS}/self?start_date=2026-11-01`],
      ['GET', `${KEYS}/${id}/usage?start=2026-11-01T00:00:00Z`],
      ['POST', `${KEYS}/${id}/label`],
      ['POST', `${KEYS}/${id}/expiry`],
      ['GET', '/classic/v1/manage/group'],
      ['GET', '/classic/v1/manage/access-list'],
      ['GET', '/classic/v1/manage/org/usage?start=2026-11-01T00:00:00Z'],
      ['GET', '/classic/v1/auth/check'],
    ];
    for (const [method, path] of paths) expect((await call(method, path)).status).toBe(404);
  });
});

describe('usage of the classic generation', () => {
  const usageOf = async (query: string) => {
    const key = (await listed()).sort((a, b) => Number(b.monthly_spend) - Number(a.monthly_spend))[0];
    return call('GET', `${KEYS}/${key?.id}?${query}`);
  };

  it('is two numbers, up to and without the end, which is tomorrow by default', async () => {
    const { status, json } = await usageOf('start_date=2026-11-01');
    expect(status).toBe(200);
    expect(json).toEqual({ completions_requests: expect.any(Number), spend: expect.any(Number) });
    expect((await usageOf('start_date=2026-11-01&end_date=2026-11-21')).json).toEqual(json);
    const untilToday = (await usageOf('start_date=2026-11-01&end_date=2026-11-20')).json;
    expect(Number(untilToday.completions_requests)).toBeLessThan(Number(json.completions_requests));
  });

  it('allows 31 days and not one more', async () => {
    expect((await usageOf('start_date=2026-10-01&end_date=2026-11-01')).status).toBe(200);
    expect(await usageOf('start_date=2026-10-01&end_date=2026-11-02')).toMatchObject({
      status: 400,
      json: routerError('range must not exceed 31 days'),
    });
    expect((await usageOf('start_date=2026-10-21')).status).toBe(200);
    expect((await usageOf('start_date=2026-10-20')).status).toBe(400);
  });

  it.each([
    ['', 'start_date is required'],
    ['start_date=2026-11-01T00:00:00Z', 'start_date must be a date (YYYY-MM-DD)'],
    ['start_date=2026-11-31', 'start_date must be a date (YYYY-MM-DD)'],
    ['start_date=2026-11-02&end_date=2026-11-02', 'end_date must be after start_date'],
  ])('refuses %j', async (query, message) => {
    expect(await usageOf(query)).toMatchObject({ status: 400, json: routerError(message) });
  });

  it('answers on the oldest paths too: no /v1, PUT to create', async () => {
    const created = await call('PUT', '/classic/manage/apikey', {
      body: { name: 'oldest', monthly_limit: 3 },
    });
    expect(created.status).toBe(201);
    const path = `/classic/manage/apikey/${created.json.api_key_id}?start_date=2026-11-01`;
    expect((await call('GET', path)).json).toEqual({ completions_requests: 0, spend: 0 });
  });
});

describe('the rest of the classic generation', () => {
  it('shows the organization and, to every key, itself', async () => {
    const { json } = await call('GET', '/classic/v1/manage/org');
    expect(json).toEqual((await call('GET', '/v1/manage/org')).json);
    const { api_key: secret } = await createKey({ name: 'itself', monthly_limit: 40 });
    expect((await call('GET', '/classic/x/apikey', { key: String(secret) })).json).toEqual({
      name: 'itself',
      monthly_limit: '40',
      monthly_spend: '0',
      org_balance: String(json.balance),
      config: { aliases: {} },
    });
  });
});
