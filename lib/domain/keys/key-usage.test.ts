import { describe, expect, test } from 'vitest';
import { usd } from '../money/usd';
import { eachDay, parseUtcDay, type UtcDay } from '../periods/utc-day';
import type { KeyDay } from './key-days';
import { type KeyModelFact, keyUsage } from './key-usage';
import { recentOfDays } from './recent-of-days';
import { barValues, decodeRecentSpend } from './recent-spend';

function day(text: string): UtcDay {
  const found = parseUtcDay(text);
  if (found === null) throw new RangeError(text);
  return found;
}

const [first, second] = [day('2026-11-01'), day('2026-11-02')];
const keyDay = (at: UtcDay, spend: string, state: KeyDay['state'] = 'complete', requests = 1): KeyDay => ({
  day: at,
  spend: usd(spend),
  byokSpend: usd('0.5'),
  requests,
  state,
});
const fact = (at: UtcDay, model: string | null, spend: string, requests = 1): KeyModelFact => ({
  day: at,
  model,
  spend: usd(spend),
  requests,
});

const only = (...days: KeyDay[]) => ({ days, otherDays: [] });

describe('usage of a key for its chart', () => {
  test('sums exactly and lists the largest model first, each by its own measure', () => {
    const days = [keyDay(first, '0.3'), keyDay(second, '0.1', 'open', 2)];
    const usage = keyUsage({ days, otherDays: [second] }, [
      fact(first, 'small', '0.1', 50),
      fact(first, 'large', '0.2'),
      fact(second, 'large', '0.1'),
    ]);
    expect(usage).toMatchObject({ spendTotal: '0.4', byokTotal: '1', requestTotal: 3, otherDays: 1 });
    expect(usage.spend).toEqual([
      { label: 'large', values: [0.2, 0.1] },
      { label: 'small', values: [0.1, 0] },
    ]);
    expect(usage.requests.map(({ label }) => label)).toEqual(['small', 'large']);
    expect(usage.days).toEqual([
      { day: first, state: 'complete' },
      { day: second, state: 'open' },
    ]);
  });

  test('draws six models apart, and from the seventh on five and the rest as one', () => {
    const facts = (count: number) =>
      Array.from({ length: count }, (_, index) => fact(first, `model-${index}`, String(count - index)));
    expect(keyUsage(only(keyDay(first, '1')), facts(6)).spend.map(({ label }) => label)).toHaveLength(6);
    const seven = keyUsage(only(keyDay(first, '28')), facts(7)).spend;
    expect(seven.map(({ label }) => label)).toEqual([
      'model-0',
      'model-1',
      'model-2',
      'model-3',
      'model-4',
      '2 other models',
    ]);
    expect(seven.at(-1)?.values).toEqual([3]);
  });

  test('says where the provider does not tell the model, and leaves out models without any', () => {
    const usage = keyUsage(only(keyDay(first, '1')), [
      fact(first, null, '1', 0),
      fact(first, 'idle', '0', 0),
    ]);
    expect(usage.spend).toEqual([{ label: 'Model not told', values: [1] }]);
    expect(usage.requests).toEqual([]);
  });
});

describe('the last days of one key', () => {
  const key = { id: 7, connectionId: 1 };
  const days = eachDay(day('2026-10-22'), day('2026-11-20')).map((at, index) =>
    keyDay(at, index === 29 ? '100' : index >= 22 ? '2' : '0', 'complete', index === 25 ? 3 : 0),
  );

  test('tell pace, peak and last use as the whole table does', () => {
    const recent = decodeRecentSpend(recentOfDays(key, days, only(...days))).of(7);
    expect(recent).toMatchObject({ pace: 2, peak: 100, total: 114, lastUsedDayMs: Date.UTC(2026, 10, 16) });
  });

  test('draw what counts as the teams’ alone, and keep pace and last use of the whole key', () => {
    const counted = days.map((one, index) => (index < 27 ? keyDay(one.day, '0', 'complete', 0) : one));
    const otherDays = days.slice(22, 27).map(({ day: at }) => at);
    const recent = decodeRecentSpend(recentOfDays(key, days, { days: counted, otherDays })).of(7);
    expect(recent).toMatchObject({ pace: 2, peak: 100, total: 104, isShared: true });
    expect(recent.lastUsedDayMs).toBe(Date.UTC(2026, 10, 16));
    expect(decodeRecentSpend(recentOfDays(key, days, only(...days))).of(7).isShared).toBe(false);
  });

  test('leave days that were not read out of the pace and of the bars', () => {
    const read = days.map((one, index) =>
      index >= 22 && index < 26 ? keyDay(one.day, '0', 'missing', 0) : one,
    );
    const wire = recentOfDays(key, read, only(...read));
    const recent = decodeRecentSpend(wire);
    expect(recent.of(7).pace).toBe(2);
    expect(barValues(recent.of(7).bars, recent.known(1)).slice(21, 27)).toEqual([
      0,
      null,
      null,
      null,
      null,
      expect.any(Number),
    ]);
  });
});
