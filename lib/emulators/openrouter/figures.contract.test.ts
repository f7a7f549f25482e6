import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Nano, parseNano } from '../shared/money';
import { type OpenRouterEmulator, startOpenRouterEmulator } from './index';
import { allKeys, call, control, field, rows } from './test-support';

const NOW = '2026-08-19T14:37:00Z';
let emulator: OpenRouterEmulator;
beforeAll(async () => {
  emulator = await startOpenRouterEmulator({ keys: 90, historyDays: 200, now: NOW, freeze: true });
  await control(emulator, 'POST', '/switches', { analyticsPerMinute: null });
});
afterAll(() => emulator.close());

const sum = (list: Record<string, unknown>[], name: string): Nano =>
  list.reduce((total, row) => total + parseNano(Number(row[name])), 0n);

async function query(body: Record<string, unknown>): Promise<Record<string, unknown>[]> {
  const answer = await call(emulator, 'POST', '/analytics/query', { body: { limit: 10_000, ...body } });
  expect(answer.text).toContain('"truncated":false');
  return rows(answer.body, 'data.data');
}
const everything = { start: '2026-01-01T00:00:00Z', end: '2026-08-20T00:00:00Z' };

describe('all figures agree to the last digit', () => {
  it('keys, credits and analytics have the same total', async () => {
    const keys = await allKeys(emulator);
    const credits = (await call(emulator, 'GET', '/credits')).body;
    const [total] = await query({
      metrics: ['credits_usage', 'byok_usage', 'total_usage'],
      time_range: everything,
    });
    expect(sum(keys, 'usage')).toBe(parseNano(Number(field(credits, 'data.total_usage'))));
    expect(sum(keys, 'usage')).toBe(parseNano(Number(total?.credits_usage)));
    expect(sum(keys, 'byok_usage')).toBe(parseNano(Number(total?.byok_usage)));
    expect(sum(keys, 'byok_usage')).toBeGreaterThan(0n);
    expect(parseNano(Number(total?.total_usage))).toBe(sum(keys, 'usage') + sum(keys, 'byok_usage'));
  });

  it('activity of completed days is analytics by day, model and provider', async () => {
    const activity = rows((await call(emulator, 'GET', '/activity')).body);
    const analytics = await query({
      metrics: ['credits_usage', 'request_count', 'tokens_prompt', 'reasoning_tokens'],
      dimensions: ['model'],
      granularity: 'day',
      time_range: { start: '2026-07-20T00:00:00Z', end: '2026-08-19T00:00:00Z' },
    });
    const line = (date: unknown, row: Record<string, unknown>, names: string[]): string =>
      [String(date).slice(0, 10), row.model, ...names.map((name) => Number(row[name]))].join(' ');
    const left = activity.map((row) =>
      line(row.date, row, ['usage', 'requests', 'prompt_tokens', 'reasoning_tokens']),
    );
    const right = analytics.map((row) =>
      line(row.date__day, row, ['credits_usage', 'request_count', 'tokens_prompt', 'reasoning_tokens']),
    );
    expect(left.sort()).toEqual(right.sort());
    expect(left.length).toBeGreaterThan(200);
  });

  it("a key's counters are its analytics, and its activity plus today", async () => {
    const keys = await allKeys(emulator);
    const today = await query({
      metrics: ['credits_usage'],
      dimensions: ['api_key_id'],
      time_range: { start: '2026-08-19T00:00:00Z', end: NOW },
    });
    expect(sum(keys, 'usage_daily')).toBe(sum(today, 'credits_usage'));
    for (const key of keys.filter((row) => Number(row.usage_monthly) > 0).slice(0, 12)) {
      const activity = rows((await call(emulator, 'GET', `/activity?api_key_hash=${String(key.hash)}`)).body);
      const thisMonth = activity.filter((row) => String(row.date) >= '2026-08-01');
      const monthly = sum(thisMonth, 'usage') + parseNano(Number(key.usage_daily));
      expect(monthly).toBe(parseNano(Number(key.usage_monthly)));
      const week = activity.filter((row) => String(row.date) >= '2026-08-17');
      expect(sum(week, 'usage') + parseNano(Number(key.usage_daily))).toBe(
        parseNano(Number(key.usage_weekly)),
      );
    }
  });

  it('limit_remaining is the limit less the window of its reset', async () => {
    const names: Record<string, string> = {
      daily: 'usage_daily',
      weekly: 'usage_weekly',
      monthly: 'usage_monthly',
    };
    const capped = (await allKeys(emulator)).filter((row) => row.limit !== null);
    expect(capped.length).toBeGreaterThan(20);
    for (const row of capped) {
      const counter = names[String(row.limit_reset)] ?? 'usage';
      const byok = row.include_byok_in_limit ? parseNano(Number(row[`byok_${counter}`])) : 0n;
      const spent = parseNano(Number(row[counter])) + byok;
      expect(parseNano(Number(row.limit_remaining))).toBe(parseNano(Number(row.limit)) - spent);
    }
  });

  it('stay so after a deletion: the spend of a deleted key is not lost', async () => {
    const before = (await call(emulator, 'GET', '/credits')).text;
    const [key] = (await allKeys(emulator)).filter((row) => Number(row.usage) > 1);
    await call(emulator, 'DELETE', `/keys/${String(key?.hash)}`);
    expect((await call(emulator, 'GET', '/credits')).text).toBe(before);
    const left = await allKeys(emulator);
    const [total] = await query({ metrics: ['credits_usage'], time_range: everything });
    expect(sum(left, 'usage') + parseNano(Number(key?.usage))).toBe(parseNano(Number(total?.credits_usage)));
  });
});

describe('/activity', () => {
  it('never has today, and takes only the last 30 completed days', async () => {
    const dates = rows((await call(emulator, 'GET', '/activity')).body).map((row) => String(row.date));
    expect([dates.at(0), dates.at(-1)]).toEqual(['2026-08-18 00:00:00', '2026-07-20 00:00:00']);
    for (const [date, status] of [
      ['2026-08-18', 200],
      ['2026-07-20', 200],
      ['2026-08-19', 400],
      ['2026-07-19', 400],
      ['yesterday', 400],
    ] as const) {
      expect((await call(emulator, 'GET', `/activity?date=${date}`)).status).toBe(status);
    }
    await control(emulator, 'POST', '/switches', { activityDate: 'date', activityExtraFields: false });
    const [row] = rows((await call(emulator, 'GET', '/activity?date=2026-08-18')).body);
    expect(row?.date).toBe('2026-08-18');
    expect(Object.keys(row ?? {})).toHaveLength(11);
  });

  it('sums up the same by user and by workspace', async () => {
    const whole = sum(rows((await call(emulator, 'GET', '/activity')).body), 'usage');
    let byUser = 0n;
    for (const member of emulator.state.members) {
      byUser += sum(rows((await call(emulator, 'GET', `/activity?user_id=${member.id}`)).body), 'usage');
    }
    let byWorkspace = 0n;
    for (const id of emulator.state.workspaces.keys()) {
      byWorkspace += sum(rows((await call(emulator, 'GET', `/activity?workspace_id=${id}`)).body), 'usage');
    }
    expect([byUser, byWorkspace]).toEqual([whole, whole]);
  });

  it('answers an unknown workspace with 404, and an unknown key as the switch says', async () => {
    expect((await call(emulator, 'GET', '/activity?workspace_id=nowhere')).status).toBe(404);
    expect((await call(emulator, 'GET', '/activity?api_key_hash=abc')).body).toEqual({ data: [] });
    await control(emulator, 'POST', '/switches', { activityUnknownKey: 'not-found' });
    expect((await call(emulator, 'GET', '/activity?api_key_hash=abc')).status).toBe(404);
  });
});
