import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenRouterEmulator, startOpenRouterEmulator } from './index';
import { allKeys, call, control, field, rows } from './test-support';

const KEY_FIELDS = [
  'hash name label disabled limit limit_remaining limit_reset include_byok_in_limit',
  'usage usage_daily usage_weekly usage_monthly byok_usage byok_usage_daily byok_usage_weekly byok_usage_monthly',
  'created_at updated_at expires_at creator_user_id external_user workspace_id',
]
  .join(' ')
  .split(' ');

let emulator: OpenRouterEmulator;
beforeEach(async () => {
  emulator = await startOpenRouterEmulator({
    keys: 260,
    historyDays: 90,
    now: '2026-08-19T14:37:00Z',
    freeze: true,
  });
});
afterEach(() => emulator.close());

const create = async (body: Record<string, unknown>) => {
  const answer = await call(emulator, 'POST', '/keys', { body });
  expect(answer.status).toBe(201);
  return { hash: String(field(answer.body, 'data.hash')), secret: String(field(answer.body, 'key')) };
};
const chat = (
  key: string,
  body: unknown = { model: 'openai/gpt-5', messages: [{ role: 'user', content: 'hi' }] },
) => call(emulator, 'POST', '/chat/completions', { key, body });

describe('the list of keys', () => {
  it('has the 22 fields of the pinned client, and last_used_at of the newer documents', async () => {
    const [row] = rows((await call(emulator, 'GET', '/keys')).body);
    expect(Object.keys(row ?? {}).sort()).toEqual([...KEY_FIELDS, 'last_used_at'].sort());
    await control(emulator, 'POST', '/switches', { lastUsedAt: false });
    const [older] = rows((await call(emulator, 'GET', '/keys')).body);
    expect(Object.keys(older ?? {}).sort()).toEqual([...KEY_FIELDS].sort());
    expect(row?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
  });

  it('comes by hundreds, newest first, of the default workspace alone', async () => {
    const first = rows(
      (await call(emulator, 'GET', '/keys?include_disabled=true&include_expired=true')).body,
    );
    const second = rows(
      (await call(emulator, 'GET', '/keys?include_disabled=true&include_expired=true&offset=100')).body,
    );
    expect(first).toHaveLength(100);
    expect(second.length).toBeGreaterThan(0);
    const created = [...first, ...second].map((row) => String(row.created_at));
    expect(created).toEqual([...created].sort().reverse());
    expect(new Set([...first, ...second].map((row) => row.workspace_id)).size).toBe(1);
    expect(await allKeys(emulator)).toHaveLength(260);
  });

  it('hides disabled and expired keys unless asked, which can still be read by hash', async () => {
    const all = await allKeys(emulator);
    const plain = rows((await call(emulator, 'GET', '/keys')).body);
    const now = emulator.clock.now().toISOString();
    expect(
      plain.every((row) => !row.disabled && (row.expires_at === null || String(row.expires_at) > now)),
    ).toBe(true);
    const disabled = all.find((row) => row.disabled);
    const expired = all.find((row) => row.expires_at !== null && String(row.expires_at) < now);
    for (const hidden of [disabled, expired]) {
      expect((await call(emulator, 'GET', `/keys/${String(hidden?.hash)}`)).status).toBe(200);
    }
  });

  it('shows a created key at once, on top', async () => {
    const { hash } = await create({ name: 'new' });
    expect(rows((await call(emulator, 'GET', '/keys')).body)[0]?.hash).toBe(hash);
  });

  it('offers many situations: no limit, blocked, reached, disabled, expired, unused', async () => {
    const all = await allKeys(emulator);
    const count = (test: (row: Record<string, unknown>) => boolean): number => all.filter(test).length;
    expect(count((row) => row.limit === null)).toBeGreaterThan(40);
    expect(count((row) => row.limit === 0)).toBeGreaterThan(1);
    expect(count((row) => Number(row.limit) > 0 && Number(row.limit_remaining) <= 0)).toBeGreaterThan(5);
    expect(count((row) => row.last_used_at === null)).toBeGreaterThan(5);
    expect(new Set(all.map((row) => row.limit_reset))).toEqual(new Set([null, 'daily', 'weekly', 'monthly']));
    expect(new Set(all.map((row) => row.name)).size).toBe(260);
  });
});

describe('writing keys', () => {
  it.each([
    [{}, 'name: Invalid input: expected string, received undefined'],
    [{ name: 'x', limit: '5' }, 'limit: Invalid input: expected number, received string'],
    [{ name: 'x', limit: -1 }, 'limit: Too small: expected number to be >=0'],
    [{ name: 'x', expires_at: '2027-01-01T00:00:00+02:00' }, 'expires_at: Invalid ISO datetime'],
    [{ name: 'x', expires_at: '2027-01-01T00:00Z' }, 'expires_at: Invalid ISO datetime'],
    [
      { name: 'x', creator_user_id: 'user_nobody' },
      'creator_user_id: User is not a member of the organization',
    ],
  ])('refuses %j', async (body, message) => {
    const answer = await call(emulator, 'POST', '/keys', { body });
    expect(answer.status).toBe(400);
    expect(field(answer.body, 'error')).toMatchObject({ code: 400, message });
  });

  it('keeps what is absent and clears what is null', async () => {
    const { hash } = await create({ name: 'x', limit: 10, limit_reset: 'daily' });
    const patch = (body: unknown) => call(emulator, 'PATCH', `/keys/${hash}`, { body });
    expect(field((await patch({ limit: 20 })).body, 'data')).toMatchObject({
      limit: 20,
      limit_reset: 'daily',
      name: 'x',
    });
    expect(field((await patch({ limit_reset: null })).body, 'data')).toMatchObject({
      limit: 20,
      limit_reset: null,
    });
    expect(field((await patch({ limit: null })).body, 'data')).toMatchObject({
      limit: null,
      limit_remaining: null,
    });
    expect(field((await patch({ limit: 0 })).body, 'data')).toMatchObject({ limit: 0, limit_remaining: 0 });
  });

  it('answers 404 for a key that is gone', async () => {
    const { hash } = await create({ name: 'x' });
    expect((await call(emulator, 'DELETE', `/keys/${hash}`)).text).toBe('{"deleted":true}');
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const answer = await call(emulator, method, `/keys/${hash}`, method === 'PATCH' ? { body: {} } : {});
      expect(answer.status).toBe(404);
      expect(field(answer.body, 'error.message')).toBe('API key not found');
    }
  });
});

describe('using a key', () => {
  it('books requests, and is refused when disabled, expired, deleted or blocked', async () => {
    const { hash, secret } = await create({ name: 'tried', expires_at: '2026-08-20T00:00:00Z' });
    const used = await chat(secret);
    expect(used.status).toBe(200);
    const after = field((await call(emulator, 'GET', `/keys/${hash}`)).body, 'data');
    expect(field(after, 'usage_daily')).toBe(field(used.body, 'usage.cost'));
    await call(emulator, 'PATCH', `/keys/${hash}`, { body: { disabled: true } });
    expect((await chat(secret)).status).toBe(401);
    await call(emulator, 'PATCH', `/keys/${hash}`, { body: { disabled: false, limit: 0 } });
    const blocked = await chat(secret);
    expect([blocked.status, field(blocked.body, 'error.message')]).toEqual([
      403,
      'Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys',
    ]);
    await call(emulator, 'PATCH', `/keys/${hash}`, { body: { limit: null } });
    expect((await chat(secret)).status).toBe(200);
    emulator.clock.set('2026-08-20T00:00:01Z');
    expect(field((await chat(secret)).body, 'error.message')).toBe('User not found.');
    expect((await chat(emulator.managementKey)).status).toBe(401);
  });

  it('stops at its limit with one request more, and starts again when the window turns', async () => {
    const { hash, secret } = await create({ name: 'capped', limit: 10, limit_reset: 'daily' });
    const spent = await control(emulator, 'POST', '/spend', { key: hash, usd: 12, requests: 6 });
    expect(spent).toMatchObject({ requestsAllowed: 5, requestsRefused: 1 });
    const read = async () => field((await call(emulator, 'GET', `/keys/${hash}`)).body, 'data');
    expect(await read()).toMatchObject({ usage: 10, limit_remaining: 0 });
    expect((await chat(secret)).status).toBe(403);
    await control(emulator, 'POST', '/clock', { set: '2026-08-20T00:00:00Z' });
    expect(await read()).toMatchObject({ usage: 10, usage_daily: 0, limit_remaining: 10 });
    expect((await chat(secret)).status).toBe(200);
  });

  it('stops all of a key that spends by itself when it is disabled', async () => {
    const busy = (await allKeys(emulator)).find((row) => row.name === 'hackathon-demo');
    const read = async () =>
      field((await call(emulator, 'GET', `/keys/${String(busy?.hash)}`)).body, 'data.usage');
    const before = await read();
    emulator.clock.advance(3_600_000);
    const running = await read();
    expect(running).toBeGreaterThan(Number(before));
    await call(emulator, 'PATCH', `/keys/${String(busy?.hash)}`, { body: { disabled: true } });
    emulator.clock.advance(86_400_000);
    expect(await read()).toBe(running);
  });
});
