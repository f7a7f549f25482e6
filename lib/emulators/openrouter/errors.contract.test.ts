import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortInUseError } from '../shared/server';
import { type OpenRouterEmulator, startOpenRouterEmulator } from './index';
import { call, control, field, rows } from './test-support';

let emulator: OpenRouterEmulator;
beforeEach(async () => {
  emulator = await startOpenRouterEmulator({ keys: 8, historyDays: 40, managementKey: 'sk-or-v1-manager' });
});
afterEach(() => emulator.close());

const fault = (body: unknown) => control(emulator, 'POST', '/faults', body);
const names = async (): Promise<unknown[]> =>
  rows(await control(emulator, 'GET', '/state'), 'keys').map((row) => row.name);

describe('who may call', () => {
  it('says what is missing, in the vendor’s words', async () => {
    const none = await call(emulator, 'GET', '/keys', { key: null });
    expect([none.status, none.body]).toEqual([
      401,
      { error: { message: 'Missing Authentication header', code: 401 } },
    ]);
    const wrong = await call(emulator, 'GET', '/key', { key: 'sk-or-v1-nobody' });
    expect([wrong.status, field(wrong.body, 'error.message')]).toEqual([401, 'User not found.']);
  });

  it('refuses ordinary keys wherever a management key is needed', async () => {
    const made = await call(emulator, 'POST', '/keys', { body: { name: 'ordinary' } });
    const key = String(field(made.body, 'key'));
    const paths = [
      '/keys',
      '/credits',
      '/activity',
      '/analytics/meta',
      '/organization/members',
      '/workspaces',
    ];
    for (const path of [...paths, '/guardrails', '/byok', '/guardrails/assignments/keys']) {
      const answer = await call(emulator, 'GET', path, { key });
      expect([path, answer.status, field(answer.body, 'error.message')]).toEqual([
        path,
        403,
        'Only management keys can perform this operation',
      ]);
    }
    expect((await call(emulator, 'GET', '/auth/key', { key })).status).toBe(200);
    await control(emulator, 'POST', '/switches', { creditsForInferenceKey: 'zeros' });
    expect(field((await call(emulator, 'GET', '/credits', { key })).body, 'data')).toEqual({
      total_credits: 0,
      total_usage: 0,
    });
  });

  it('takes the management key that was given, and a new one after a replacement', async () => {
    expect((await call(emulator, 'GET', '/keys')).status).toBe(200);
    await control(emulator, 'POST', '/outside', { op: 'replace-management-key', secret: 'sk-or-v1-other' });
    expect((await call(emulator, 'GET', '/keys')).status).toBe(401);
    expect((await call(emulator, 'GET', '/keys', { key: 'sk-or-v1-other' })).status).toBe(200);
  });
});

describe('faults', () => {
  it('gives a status with Retry-After for the next calls, then the truth', async () => {
    await fault({ route: 'GET /api/v1/keys', status: 429, retryAfter: 7, times: 2 });
    for (let index = 0; index < 2; index += 1) {
      const answer = await call(emulator, 'GET', '/keys');
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
    }
    expect((await call(emulator, 'GET', '/keys')).status).toBe(200);
  });

  it('gives HTML, a body that ends too early, a missing field, a delay', async () => {
    await fault([
      { route: 'GET /api/v1/keys', status: 502, html: '<html>Bad gateway</html>' },
      { route: 'GET /api/v1/keys', cutOff: true },
      { route: 'GET /api/v1/keys', missingField: 'data.*.name' },
      { route: 'GET /api/v1/keys', delayMs: 120 },
    ]);
    const html = await call(emulator, 'GET', '/keys');
    expect([html.status, html.headers.get('content-type'), html.text]).toEqual([
      502,
      'text/html',
      '<html>Bad gateway</html>',
    ]);
    await expect(call(emulator, 'GET', '/keys')).rejects.toThrow();
    const [row] = rows((await call(emulator, 'GET', '/keys')).body);
    expect(row).not.toHaveProperty('name');
    expect(row).toHaveProperty('hash');
    const began = Date.now();
    expect((await call(emulator, 'GET', '/keys')).status).toBe(200);
    expect(Date.now() - began).toBeGreaterThanOrEqual(115);
  });

  it('drops the connection before or after the change took effect', async () => {
    await fault({ route: 'POST /api/v1/keys', drop: 'before' });
    await expect(call(emulator, 'POST', '/keys', { body: { name: 'lost before' } })).rejects.toThrow();
    expect(await names()).not.toContain('lost before');
    await fault({ route: 'POST /api/v1/keys', drop: 'after' });
    await expect(call(emulator, 'POST', '/keys', { body: { name: 'lost after' } })).rejects.toThrow();
    expect(await names()).toContain('lost after');
    await fault({ route: 'POST /api/v1/keys', status: 500, afterEffect: true });
    expect((await call(emulator, 'POST', '/keys', { body: { name: 'made, but 500' } })).status).toBe(500);
    expect(await names()).toContain('made, but 500');
  });

  it('can be listed and cleared', async () => {
    await fault({ route: '* /api/v1/*', status: 503, times: 9 });
    expect(rows(await control(emulator, 'GET', '/faults'), 'faults')).toMatchObject([
      { status: 503, left: 9 },
    ]);
    await control(emulator, 'DELETE', '/faults');
    expect((await call(emulator, 'GET', '/keys')).status).toBe(200);
  });
});

describe('control', () => {
  it('is for this machine only, by its own name', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const sent = request(
        `${emulator.controlUrl}/state`,
        { headers: { Host: 'evil.example' } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      sent.on('error', reject);
      sent.end();
    });
    expect(status).toBe(403);
  });

  it('logs calls without any key, and forgets them on request', async () => {
    await control(emulator, 'DELETE', '/calls');
    await call(emulator, 'GET', '/keys?offset=0');
    const calls = await control(emulator, 'GET', '/calls');
    expect(rows(calls, 'calls')).toMatchObject([
      { method: 'GET', path: '/api/v1/keys', query: { offset: '0' }, status: 200 },
    ]);
    expect(JSON.stringify(calls)).not.toContain('manager');
  });

  it('makes changes from outside, and tells the secret of created keys', async () => {
    const made = await control(emulator, 'POST', '/outside', {
      op: 'create',
      name: 'from outside',
      limit: 3,
    });
    const key = String(field(made, 'secret'));
    expect((await call(emulator, 'GET', '/key', { key })).status).toBe(200);
    await control(emulator, 'POST', '/outside', { op: 'update', key: 'from outside', disabled: true });
    expect((await call(emulator, 'GET', '/key', { key })).status).toBe(401);
    await control(emulator, 'POST', '/outside', { op: 'delete', key });
    const state = await control(emulator, 'GET', '/state?new=true');
    expect(rows(state, 'keys')).toMatchObject([{ name: 'from outside', disabled: true }]);
    await expect(control(emulator, 'POST', '/outside', { op: 'explode' })).rejects.toThrow('400');
  });

  it('refuses switches it does not know', async () => {
    await expect(control(emulator, 'POST', '/switches', { colour: 'red' })).rejects.toThrow('400');
    expect(await control(emulator, 'GET', '/switches')).toMatchObject({ lastUsedAt: true });
  });
});

describe('starting', () => {
  it('lets created keys spend by themselves with --live, and only then', async () => {
    for (const live of [true, false]) {
      const other = await startOpenRouterEmulator({
        keys: 3,
        live,
        now: '2026-08-19T00:00:00Z',
        freeze: true,
      });
      const made = await call(other, 'POST', '/keys', { body: { name: 'young' } });
      other.clock.advance(2 * 86_400_000);
      const read = await call(other, 'GET', `/keys/${String(field(made.body, 'data.hash'))}`);
      expect(Number(field(read.body, 'data.usage')) > 0).toBe(live);
      await other.close();
    }
  });

  it('holds callers to the rate that was asked for', async () => {
    const slow = await startOpenRouterEmulator({ keys: 2, rateLimit: 2 });
    const statuses: number[] = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await call(slow, 'GET', '/keys')).status);
    expect(statuses).toEqual([200, 200, 429]);
    await slow.close();
  });

  it('says in a sentence that a port is taken', async () => {
    await expect(startOpenRouterEmulator({ port: emulator.port, keys: 1 })).rejects.toThrow(PortInUseError);
  });

  it('gives the same account for the same seed and day', async () => {
    const options = { keys: 12, seed: 'x', historyDays: 60, now: '2026-08-19T14:37:00Z', freeze: true };
    const [one, two] = await Promise.all([
      startOpenRouterEmulator(options),
      startOpenRouterEmulator(options),
    ]);
    const [a, b] = await Promise.all([control(one, 'GET', '/state'), control(two, 'GET', '/state')]);
    expect(a).toEqual(b);
    await Promise.all([one.close(), two.close()]);
  });

  it('keeps yesterday’s figures on the next day when the history is anchored', async () => {
    const options = { keys: 12, historyDays: 60, anchor: '2026-08-19', freeze: true };
    const one = await startOpenRouterEmulator({ ...options, now: '2026-08-19T14:00:00Z' });
    const two = await startOpenRouterEmulator({ ...options, now: '2026-08-20T09:00:00Z' });
    const [a, b] = await Promise.all(
      [one, two].map((each) => call(each, 'GET', '/activity?date=2026-08-15').then((answer) => answer.body)),
    );
    expect(rows(a).length).toBeGreaterThan(0);
    expect(a).toEqual(b);
    await Promise.all([one.close(), two.close()]);
  });
});
