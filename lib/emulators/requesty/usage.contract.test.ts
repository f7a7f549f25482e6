import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  MONTH_END,
  MONTH_START,
  nano,
  periods,
  record,
  records,
  routerError,
  startForTest,
  sumCount,
  sumMoney,
  type TestEmulator,
} from './test-client';

const KEYS = '/v1/manage/apikey';
const ORG = '/v1/manage/org/usage';
const THIS_MONTH = `start=${MONTH_START}&end=${MONTH_END}`;
const COUNTERS = [
  'completions_requests',
  'embedding_requests',
  'image_requests',
  'speech_requests',
  'transcription_requests',
  'total_requests',
  'spend',
  'input_tokens',
  'output_tokens',
  'total_tokens',
];
const DIMENSIONS = [
  'user_id',
  'model_requested',
  'model_used',
  'provider_used',
  'is_byok',
  'origin_title',
  'extra.env',
  'group_name',
  'group_id',
  'api_key_id',
];

let emulator: TestEmulator;
let busyKey: string;
beforeAll(async () => {
  emulator = await startForTest();
  const keys = records((await emulator.call('GET', KEYS)).json.keys);
  const busiest = keys.sort((a, b) => Number(b.monthly_spend) - Number(a.monthly_spend))[0];
  busyKey = String(busiest?.id);
});
afterAll(() => emulator.close());

const usage = (query: string, path = `${KEYS}/${busyKey}/usage`) => emulator.call('GET', `${path}?${query}`);
const keysOf = async (query: string) => Object.keys(record((await usage(query)).json.usage));

describe('the form of usage', () => {
  it('has every counter, spend as a string, and one entry a UTC day by default', async () => {
    const answer = await usage('start=2026-11-18T00:00:00Z&end=2026-11-20T00:00:00Z');
    expect(answer.status).toBe(200);
    const entries = Object.entries(record(answer.json.usage));
    expect(entries.map(([day]) => day)).toEqual(['2026-11-18', '2026-11-19']);
    for (const entry of periods(answer)) {
      expect(Object.keys(entry)).toEqual(COUNTERS);
      expect(entry.spend).toEqual(expect.stringMatching(/^\d+(\.\d+)?$/));
      expect(entry.total_requests).toBe(entry.completions_requests);
      expect(entry.total_tokens).toBe(Number(entry.input_tokens) + Number(entry.output_tokens));
    }
  });

  it('ends after 24 hours when there is no end', async () => {
    expect(await keysOf('start=2026-11-18T00:00:00Z')).toEqual(['2026-11-18']);
  });

  it('names hours and months in their own forms', async () => {
    const hours = await keysOf('start=2026-11-18T00:00:00Z&resolution=hour');
    expect(hours.length).toBeGreaterThan(5);
    for (const hour of hours) expect(hour).toMatch(/^2026-11-18T\d\d:00:00Z$/);
    const months = await keysOf('start=2026-09-15T00:00:00Z&end=2026-11-20T00:00:00Z&resolution=month');
    expect(months).toEqual(['2026-09-01', '2026-10-01', '2026-11-01']);
  });

  it('is empty where there was no traffic', async () => {
    expect((await usage('start=2027-01-01T00:00:00Z')).json).toEqual({ usage: {} });
  });

  it('repeats every counter in each group', async () => {
    const [first] = periods(await usage(`${THIS_MONTH}&group_by=model_used`));
    const [row] = records(first?.grouped_data);
    expect(Object.keys(row ?? {})).toEqual(['group_by_values', ...COUNTERS]);
    expect(row?.group_by_values).toEqual({ model_used: expect.stringContaining('/') });
  });
});

describe('parameters', () => {
  it('takes them from the body of a GET as well', async () => {
    const asked = { start: MONTH_START, end: MONTH_END, resolution: 'month', group_by: ['model_used'] };
    const path = `${KEYS}/${busyKey}/usage`;
    const byBody = await emulator.call('GET', path, { body: asked });
    const byQuery = await usage(`${THIS_MONTH}&resolution=month&group_by=model_used`);
    expect(byBody.status).toBe(200);
    expect(byBody.json).toEqual(byQuery.json);
    expect(await emulator.call('GET', path, { raw: '{' })).toMatchObject({ status: 400 });
  });

  it('does not know POST', async () => {
    const answer = await emulator.call('POST', `${KEYS}/${busyKey}/usage`, { body: { start: MONTH_START } });
    expect(answer.status).toBe(404);
  });

  it('allows 100 days and not a second more', async () => {
    const start = '2026-08-01T00:00:00Z';
    for (const path of [ORG, `${KEYS}/${busyKey}/usage`]) {
      expect((await usage(`start=${start}&end=2026-11-09T00:00:00Z`, path)).status).toBe(200);
      expect(await usage(`start=${start}&end=2026-11-09T00:00:01Z`, path)).toMatchObject({
        status: 400,
        json: routerError('range must not exceed 100 days'),
      });
    }
  });

  it.each([
    ['', 'start is required'],
    ['start=2026-11-01', 'start must be an RFC3339 date-time'],
    ['start=2026-02-30T00:00:00Z', 'start must be an RFC3339 date-time'],
    [`start=${MONTH_START}&end=soon`, 'end must be an RFC3339 date-time'],
    [`start=${MONTH_START}&end=${MONTH_START}`, 'end must be after start'],
    [`start=${MONTH_START}&resolution=week`, 'resolution must be one of: hour, day, month'],
    [`start=${MONTH_START}&group_by=mood`, 'invalid group_by: mood'],
    [`start=${MONTH_START}&group_by=extra.`, 'invalid group_by: extra.'],
    [`start=${MONTH_START}&group_by=user_id,model_used`, 'invalid group_by: user_id,model_used'],
  ])('refuses %j', async (query, message) => {
    for (const path of [ORG, `${KEYS}/${busyKey}/usage`]) {
      expect(await usage(query, path)).toMatchObject({ status: 400, json: routerError(message) });
    }
  });

  it('reads offsets and fractions of date-times', async () => {
    const plain = await usage('start=2026-11-18T00:00:00Z');
    const offset = await usage(`start=${encodeURIComponent('2026-11-18T02:00:00.000+02:00')}`);
    expect(offset.json).toEqual(plain.json);
  });
});

describe('figures agree to the last digit', () => {
  it.each(DIMENSIONS)('the groups of %s add up to the total of each day', async (dimension) => {
    const days = periods(await usage(`${THIS_MONTH}&group_by=${dimension}`, ORG));
    expect(days.length).toBe(20);
    for (const day of days) {
      const rows = records(day.grouped_data);
      expect(sumMoney(rows, 'spend')).toBe(nano(day.spend));
      for (const counter of ['total_requests', 'input_tokens', 'output_tokens']) {
        expect(sumCount(rows, counter)).toBe(day[counter]);
      }
    }
  });

  it('several dimensions add up too, and unattributed spend has a null value', async () => {
    const query = `${THIS_MONTH}&resolution=month&group_by=group_id&group_by=user_id`;
    const [month] = periods(await usage(query, ORG));
    const rows = records(month?.grouped_data);
    expect(sumMoney(rows, 'spend')).toBe(nano(month?.spend));
    expect(rows.some((row) => record(row.group_by_values).group_id === null)).toBe(true);
    expect(rows.some((row) => record(row.group_by_values).user_id === null)).toBe(true);
  });

  it('hours, days and the month say the same', async () => {
    const totals = await Promise.all(
      ['hour', 'day', 'month'].map(async (resolution) => {
        const entries = periods(await usage(`${THIS_MONTH}&resolution=${resolution}`, ORG));
        return [sumMoney(entries, 'spend'), sumCount(entries, 'total_requests')];
      }),
    );
    expect(totals[1]).toEqual(totals[0]);
    expect(totals[2]).toEqual(totals[0]);
  });

  it('every key: its monthly spend, its usage, its part of the organization and the classic usage', async () => {
    const keys = records((await emulator.call('GET', KEYS)).json.keys);
    const [month] = periods(await usage(`${THIS_MONTH}&resolution=month&group_by=api_key_id`, ORG));
    const rows = new Map(
      records(month?.grouped_data).map((row) => [record(row.group_by_values).api_key_id, row]),
    );
    for (const key of keys) {
      const spend = nano(key.monthly_spend);
      const own = periods(await usage(THIS_MONTH, `${KEYS}/${key.id}/usage`));
      expect(sumMoney(own, 'spend')).toBe(spend);
      expect(nano(rows.get(key.id)?.spend ?? 0)).toBe(spend);
      const classic = await emulator.call('GET', `/classic/v1/manage/apikey/${key.id}?start_date=2026-11-01`);
      expect(nano(classic.json.spend)).toBe(spend);
      expect(classic.json.completions_requests).toBe(sumCount(own, 'total_requests'));
    }
    expect(sumMoney(keys, 'monthly_spend')).toBe(nano(month?.spend));
  });

  it('groups: the list, their members, the organization by group', async () => {
    const groups = records((await emulator.call('GET', '/v1/manage/group')).json.groups);
    const [month] = periods(await usage(`${THIS_MONTH}&resolution=month&group_by=group_id`, ORG));
    const rows = new Map(
      records(month?.grouped_data).map((row) => [record(row.group_by_values).group_id, row]),
    );
    for (const group of groups) {
      expect(nano(group.monthly_spend)).toBe(nano(rows.get(group.id)?.spend ?? 0));
    }
    expect(sumMoney(groups, 'monthly_spend')).toBeGreaterThan(0n);
  });

  it('deleted keys stay in the figures of the organization', async () => {
    const before = periods(await usage(`${THIS_MONTH}&resolution=month`, ORG));
    await emulator.call('DELETE', `${KEYS}/${busyKey}`);
    const after = periods(await usage(`${THIS_MONTH}&resolution=month`, ORG));
    expect(after).toEqual(before);
  });
});
