import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenRouterEmulator, startOpenRouterEmulator } from './index';
import { type Answer, call, control, field, rows } from './test-support';

let emulator: OpenRouterEmulator;
beforeAll(async () => {
  emulator = await startOpenRouterEmulator({
    keys: 60,
    historyDays: 400,
    now: '2026-08-19T14:37:00Z',
    freeze: true,
  });
});
afterAll(() => emulator.close());

const query = (body: unknown): Promise<Answer> => call(emulator, 'POST', '/analytics/query', { body });
const data = (answer: Answer): Record<string, unknown>[] => rows(answer.body, 'data.data');

describe('/analytics/query', () => {
  it('gives counts as texts, money as numbers, unknown metrics as null', async () => {
    const answer = await query({ metrics: ['request_count', 'total_usage', 'usage_web', 'cache_hit_rate'] });
    const [row] = data(answer);
    expect(row?.request_count).toMatch(/^\d+$/);
    expect(row?.total_usage).toBeTypeOf('number');
    expect(row?.cache_hit_rate).toBeTypeOf('number');
    expect(row?.usage_web).toBeNull();
    expect(field(answer.body, 'data.metadata')).toMatchObject({ row_count: 1, truncated: false });
    expect(field(answer.body, 'data.cachedAt')).toBe(Date.parse('2026-08-19T14:37:00Z'));
  });

  it('covers the last seven days by default, today included', async () => {
    const dates = data(await query({ metrics: ['request_count'], granularity: 'day' })).map(
      (row) => row.date__day,
    );
    expect(dates).toHaveLength(8);
    expect(dates.at(-1)).toBe('2026-08-19T00:00:00.000Z');
  });

  it('resolves labels and filters by raw ids', async () => {
    const key = [...emulator.state.keys.values()].find((each) => each.name === 'hackathon-demo');
    const filters = [{ field: 'api_key_id', operator: 'eq', value: key?.hash }];
    const [row] = data(
      await query({ metrics: ['request_count'], dimensions: ['api_key_id', 'user'], filters }),
    );
    const member = emulator.state.members.find(({ id }) => id === key?.creatorUserId);
    expect(row).toMatchObject({ api_key_id: 'hackathon-demo', user_email: member?.email });
    const others = [{ field: 'api_key_id', operator: 'not_in', value: [key?.hash] }];
    const rest = data(
      await query({ metrics: ['request_count'], dimensions: ['api_key_id'], filters: others }),
    );
    expect(rest.some((each) => each.api_key_id === 'hackathon-demo')).toBe(false);
  });

  it('adds hours up to days, and days to weeks from Monday and months', async () => {
    const time_range = { start: '2026-08-10T00:00:00Z', end: '2026-08-17T00:00:00Z' };
    const total = async (granularity?: string): Promise<number> =>
      data(await query({ metrics: ['request_count'], granularity, time_range })).reduce(
        (sum, row) => sum + Number(row.request_count),
        0,
      );
    const whole = await total();
    expect(whole).toBeGreaterThan(1000);
    for (const granularity of ['hour', 'day', 'week', 'month']) expect(await total(granularity)).toBe(whole);
    const weeks = data(await query({ metrics: ['request_count'], granularity: 'week', time_range }));
    expect(weeks.map((row) => row.date__week)).toEqual(['2026-08-10T00:00:00.000Z']);
  });

  it('orders, cuts off at the limit and says so, and keeps the largest groups', async () => {
    const base = { metrics: ['total_usage'], dimensions: ['model'], limit: 3 };
    const answer = await query({ ...base, order_by: { field: 'total_usage', direction: 'asc' } });
    const values = data(answer).map((row) => Number(row.total_usage));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(field(answer.body, 'data.metadata')).toMatchObject({ row_count: 3, truncated: true });
    const daily = data(await query({ ...base, limit: 1000, granularity: 'day', group_limit: 2 }));
    expect(new Set(daily.map((row) => row.model)).size).toBe(2);
  });

  it.each([
    [{ metrics: [] }, 'metrics: Too small: expected array to have >=1 items'],
    [
      { metrics: ['request_count'], dimensions: ['model', 'user', 'app'] },
      'dimensions: Too big: expected array to have <=2 items',
    ],
    [{ metrics: ['request_count'], limit: 10_001 }, 'limit: Too big: expected number to be <=10000'],
  ])('refuses %j in zod style', async (body, message) => {
    const answer = await query(body);
    expect([answer.status, field(answer.body, 'error.message')]).toEqual([400, message]);
  });

  it.each([
    ['model', '2025-08-19T00:00:00Z', 200],
    ['model', '2025-08-18T00:00:00Z', 400],
    ['provider', '2026-07-19T00:00:00Z', 200],
    ['provider', '2026-07-18T00:00:00Z', 400],
  ])('by %s reaches back to %s: %i', async (dimension, start, status) => {
    const time_range = { start, end: '2026-08-19T14:00:00Z' };
    expect((await query({ metrics: ['request_count'], dimensions: [dimension], time_range })).status).toBe(
      status,
    );
  });

  it('knows minutes for three hours only', async () => {
    const range = (start: string) => ({ start, end: '2026-08-19T14:00:00Z' });
    const ask = (start: string) =>
      query({ metrics: ['request_count'], granularity: 'minute', time_range: range(start) });
    expect((await ask('2026-08-19T11:00:00Z')).status).toBe(200);
    expect((await ask('2026-08-19T10:59:00Z')).status).toBe(400);
  });

  it('refuses the call after the allowed ones of a minute, with when to come back', async () => {
    await control(emulator, 'POST', '/switches', { analyticsPerMinute: 1 });
    await query({ metrics: ['request_count'] });
    const answer = await query({ metrics: ['request_count'] });
    expect(answer.status).toBe(429);
    expect(field(answer.body, 'error')).toMatchObject({
      code: 429,
      message: 'Rate limit exceeded',
      metadata: { error_type: 'rate_limit_exceeded' },
    });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('x-ratelimit-limit')).toBe('1');
  });
});
