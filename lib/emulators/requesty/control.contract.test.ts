import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nano, periods, record, records, routerError, startForTest, type TestEmulator } from './test-client';

const KEYS = '/v1/manage/apikey';
const MODEL = 'openai/gpt-5-mini';

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startForTest({ keys: 12, historyDays: 40 });
});
afterEach(() => emulator.close());

const fault = (body: object) => emulator.control('POST', '/faults', body);
const chat = (key: string, body: object = {}) =>
  emulator.call('POST', '/v1/chat/completions', {
    key,
    body: { model: MODEL, messages: [{ role: 'user', content: 'Hello' }], ...body },
  });
const spend = (key: string, usd: number, more: object = {}) =>
  emulator.control('POST', '/spend', { key, usd, ...more });
const monthlySpend = async (id: string) => (await emulator.call('GET', `${KEYS}/${id}`)).json.monthly_spend;
const spendOfDay = async (id: string, day: string) =>
  periods(await emulator.call('GET', `${KEYS}/${id}/usage?start=${day}T00:00:00Z`))[0]?.spend;

describe('faults', () => {
  it('answer the next calls of a route with a status and a Retry-After, then let go', async () => {
    await fault({ route: `GET ${KEYS}`, status: 429, retryAfter: 7, times: 2 });
    for (const _ of [1, 2]) {
      const refused = await emulator.call('GET', KEYS);
      expect([refused.status, refused.headers['retry-after']]).toEqual([429, '7']);
    }
    expect((await emulator.call('GET', KEYS)).status).toBe(200);
  });

  it('send HTML, a body without a field, and a body that is cut off', async () => {
    await fault({ route: `GET ${KEYS}`, status: 502, html: '<h1>Bad gateway</h1>' });
    expect(await emulator.call('GET', KEYS)).toMatchObject({ status: 502, text: '<h1>Bad gateway</h1>' });
    await fault({ route: `GET ${KEYS}`, missingField: 'keys.*.monthly_spend' });
    const [key] = records((await emulator.call('GET', KEYS)).json.keys);
    expect(key).toHaveProperty('monthly_limit');
    expect(key).not.toHaveProperty('monthly_spend');
    await fault({ route: `GET ${KEYS}`, cutOff: true });
    await expect(emulator.call('GET', KEYS)).rejects.toThrow('aborted');
  });

  it('drop the connection before or after a create took effect, in both generations', async () => {
    const count = async () => records((await emulator.call('GET', KEYS)).json.keys).length;
    const create = (base: string) =>
      emulator.call('POST', `${base}/v1/manage/apikey`, { body: { name: 'lost', monthly_limit: 1 } });
    for (const [round, base] of ['', '/classic'].entries()) {
      await fault({ route: `POST ${base}/v1/manage/apikey`, drop: 'before' });
      await expect(create(base)).rejects.toThrow();
      expect(await count()).toBe(12 + round);
      await fault({ route: `POST ${base}/v1/manage/apikey`, drop: 'after' });
      await expect(create(base)).rejects.toThrow();
      expect(await count()).toBe(13 + round);
    }
  });
});

describe('the clock', () => {
  it('moves months: the spend of the month starts again, usage keeps the past', async () => {
    const { id } = await emulator.createKey({ name: 'monthly', monthly_limit: 5 });
    await spend(id, 2.5);
    expect(await monthlySpend(id)).toBe('2.5');
    await emulator.control('POST', '/clock', { set: '2026-11-30T23:59:00Z' });
    expect(await monthlySpend(id)).toBe('2.5');
    await emulator.control('POST', '/clock', { set: '2026-12-01T00:00:00Z' });
    expect(await monthlySpend(id)).toBe('0');
    expect(await spendOfDay(id, '2026-11-20')).toBe('2.5');
  });

  it('lets an expiry come: the key is refused from then on, and an extension in time holds', async () => {
    const { id, secret } = await emulator.createKey({ name: 'till-noon' });
    const expire = (expires_at: string | null) =>
      emulator.call('POST', `${KEYS}/${id}/expiry`, { body: { expires_at } });
    await expire('2026-11-20T12:00:00Z');
    await expire('2026-11-20T13:00:00Z');
    await emulator.control('POST', '/clock', { set: '2026-11-20T12:30:00Z' });
    expect((await chat(secret)).status).toBe(200);
    await emulator.control('POST', '/clock', { set: '2026-11-20T13:00:00Z' });
    expect(await chat(secret)).toMatchObject({
      status: 403,
      json: routerError('Invalid authorization token'),
    });
  });

  it('lets a runaway key spend for weeks while the organization tops up, and forgets when it goes back', async () => {
    const balance = async () => Number((await emulator.call('GET', '/v1/manage/org')).json.balance);
    const today = await balance();
    await emulator.control('POST', '/clock', { advanceMs: 30 * 86_400_000 });
    expect(await balance()).toBeGreaterThanOrEqual(250);
    await emulator.control('POST', '/clock', { reset: true });
    expect(await balance()).toBe(today);
  });

  it('stops a seeded key at a limit set from now on, and lets it go when the limit is removed', async () => {
    const busiest = records((await emulator.call('GET', KEYS)).json.keys).sort(
      (a, b) => Number(b.monthly_spend) - Number(a.monthly_spend),
    )[0];
    const id = String(busiest?.id);
    const limit = (monthly_limit: unknown) =>
      emulator.call('POST', `${KEYS}/${id}/limit`, { body: { monthly_limit } });
    await limit('0.01');
    await emulator.control('POST', '/clock', { advanceMs: 2 * 86_400_000 });
    expect(await monthlySpend(id)).toBe(busiest?.monthly_spend);
    await limit(0);
    await emulator.control('POST', '/clock', { advanceMs: 3 * 86_400_000 });
    expect(nano(await monthlySpend(id))).toBeGreaterThan(nano(busiest?.monthly_spend));
  });
});

describe('changes from outside and the true state', () => {
  it('changes what no call of the API can: name, permissions, group; the API shows it', async () => {
    const { id } = await emulator.createKey({ name: 'before' });
    const change = {
      name: 'after',
      permissions: { manage: 'read', completions: 'none' },
    };
    await emulator.control('POST', '/outside', { op: 'update', key: id, ...change, monthly_limit: '9.5' });
    expect((await emulator.call('GET', `${KEYS}/${id}`)).json).toMatchObject({
      name: 'after',
      permissions: change.permissions,
      monthly_limit: '9.5',
    });
    await emulator.control('POST', '/outside', { op: 'delete', key: id });
    expect((await emulator.call('GET', `${KEYS}/${id}`)).status).toBe(404);
    const created = await emulator.control('POST', '/outside', { op: 'create', name: 'theirs' });
    expect((await emulator.call('GET', `${KEYS}/${created.json.id}`)).json).toMatchObject({ name: 'theirs' });
    expect((await emulator.control('POST', '/outside', { op: 'explode' })).status).toBe(400);
    expect((await emulator.control('POST', '/outside', { op: 'delete', key: 'nobody' })).status).toBe(400);
  });

  it('replaces the management key: the old one is refused', async () => {
    const secret = 'rqsty-sk-rotated=';
    await emulator.control('POST', '/outside', { op: 'replace-management-key', secret });
    expect((await emulator.call('GET', KEYS)).status).toBe(403);
    expect((await emulator.call('GET', KEYS, { key: secret })).status).toBe(200);
  });

  it('shows secrets and expiries to tests', async () => {
    const { id, secret } = await emulator.createKey({ name: 'seen' });
    await emulator.call('POST', `${KEYS}/${id}/expiry`, { body: { expires_at: '2026-12-01T00:00:00Z' } });
    const state = (await emulator.control('GET', '/state')).json;
    expect(records(state.keys).find((key) => key.id === id)).toMatchObject({
      secret,
      expires_at: '2026-12-01T00:00:00Z',
      isUsable: true,
    });
    expect(record(state.organization).name).toBe('Acme Corp');
    const narrowed = (await emulator.control('GET', '/state?new=true')).json;
    expect(records(narrowed.keys).map((key) => key.id)).toEqual([id]);
  });
});

describe('inference', () => {
  it('is recorded everywhere at the price that it answers', async () => {
    const before = (await emulator.call('GET', '/v1/manage/org')).json.balance;
    const { id, secret } = await emulator.createKey({ name: 'caller' });
    const answer = await chat(secret, { max_tokens: 1000 });
    const price = nano(record(answer.json.usage).cost);
    expect(answer.status).toBe(200);
    expect(price).toBeGreaterThan(0n);
    expect(nano(await monthlySpend(id))).toBe(price);
    expect(nano(await spendOfDay(id, '2026-11-20'))).toBe(price);
    const after = (await emulator.call('GET', '/v1/manage/org')).json.balance;
    expect(nano(before) - nano(after)).toBe(price);
  });

  it('ends with 412 at the monthly limit, until a raise or the next month', async () => {
    const { id, secret } = await emulator.createKey({ name: 'capped', monthly_limit: '1' });
    expect((await spend(id, 1.25)).json).toMatchObject({ requestsAllowed: 1, requestsRefused: 0 });
    const refused = await chat(secret);
    expect(refused).toMatchObject({
      status: 412,
      json: routerError('Reached monthly spend limit for API key'),
    });
    expect((await spend(id, 1)).json).toMatchObject({ requestsAllowed: 0, requestsRefused: 1 });
    await emulator.call('POST', `${KEYS}/${id}/limit`, { body: { monthly_limit: '2' } });
    expect((await chat(secret)).status).toBe(200);
    await emulator.call('POST', `${KEYS}/${id}/limit`, { body: { monthly_limit: '0.5' } });
    expect((await chat(secret)).status).toBe(412);
    await emulator.control('POST', '/clock', { set: '2026-12-01T00:00:00Z' });
    expect((await chat(secret)).status).toBe(200);
  });

  it('needs the right, a balance and a permitted model', async () => {
    expect(await chat(emulator.managementKey)).toMatchObject({ status: 403 });
    const { id, secret } = await emulator.createKey({ name: 'checked' });
    const [list] = records((await emulator.call('GET', '/v1/manage/access-list')).json.access_lists);
    await emulator.control('POST', '/outside', { op: 'update', key: id, access_list_id: list?.id });
    expect(await chat(secret, { model: 'acme/unknown' })).toMatchObject({
      status: 403,
      json: routerError('Provider blocked by policy'),
    });
    expect((await chat(secret)).status).toBe(200);
    await emulator.control('POST', '/outside', { op: 'set-balance', usd: 0 });
    expect(await chat(secret)).toMatchObject({
      status: 402,
      json: routerError('Insufficient balance, top up at: https://app.requesty.ai/settings'),
    });
  });

  it('ends with 412 when the user or, for its members, the group has reached its limit', async () => {
    const [group] = records((await emulator.call('GET', '/v1/manage/group')).json.groups);
    const { id, secret } = await emulator.createKey({ name: 'shared-budget', group_id: group?.id });
    await spend(id, 5);
    await emulator.control('POST', '/outside', { op: 'update-group', group: group?.id, monthly_limit: '5' });
    expect(await chat(secret)).toMatchObject({
      status: 412,
      json: routerError('Reached monthly spend limit for group'),
    });
    await emulator.control('POST', '/outside', { op: 'update-group', group: group?.id, monthly_limit: null });
    expect((await chat(secret)).status).toBe(200);
    const owner = records((await emulator.call('GET', '/v1/manage/org/member')).json.members)[0];
    await emulator.control('POST', '/outside', { op: 'set-user-limit', user: owner?.id, monthly_limit: '1' });
    expect(await chat(secret)).toMatchObject({
      status: 412,
      json: routerError('Reached monthly spend limit for user'),
    });
  });
});

it('answers 429 with Retry-After above the rate limit', async () => {
  const limited = await startForTest({ keys: 2, historyDays: 5, rateLimit: 2 });
  const statuses = [];
  for (const _ of [1, 2, 3]) statuses.push((await limited.call('GET', KEYS)).status);
  expect(statuses).toEqual([200, 200, 429]);
  const refused = await limited.call('GET', KEYS);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.json).toEqual(routerError('Too many requests'));
  await limited.close();
});
