import { describe, expect, it } from 'vitest';
import type { KeyRow } from '../keys/keys-table';
import type { KeyRecent, RecentSpend } from '../keys/recent-spend';
import { capped, type Limit, UNLIMITED } from '../limits/limit';
import { usd } from '../money/usd';
import { parseUtcDay } from '../periods/utc-day';
import { keyAttention } from './key-attention';

const now = new Date('2026-11-20T00:00:00Z');
const from = parseUtcDay('2026-10-22');
const monthly = (amount: string) => capped(usd(amount), 'monthly');

type Shape = {
  readonly id: number;
  readonly limit: Limit;
  readonly used?: string;
  readonly over?: Partial<KeyRow>;
};

function row({ id, limit, used = '0', over = {} }: Shape): KeyRow {
  const connection = { id: 1, name: 'Main' } as KeyRow['connection'];
  const cap = limit.kind === 'capped' ? Number(limit.amount) : null;
  return {
    id,
    name: `Key ${id}`,
    label: null,
    connection,
    container: null,
    team: null,
    owner: { id: 'someone', name: 'Someone' },
    creator: null,
    status: 'active',
    isDisabled: false,
    isBeingRetired: false,
    isDueForRotation: false,
    raise: null,
    tookOverFrom: null,
    limit,
    includeByokInLimit: false,
    used: cap === null ? null : usd(used),
    left: null,
    usedShare: cap === null ? -1 : Number(used) / cap,
    monthSpend: usd('1.5'),
    monthSpendNumber: 1.5,
    isMonthShared: false,
    createdAtMs: null,
    expiresAtMs: null,
    deleteAfterMs: null,
    isOwnKey: false,
    lastUsedAtMs: now.getTime(),
    haystack: '',
    ...over,
  };
}

function recent(pace: number, known = '1'.repeat(30)): RecentSpend {
  if (from === null) throw new Error('a day');
  const each: KeyRecent = { bars: '', peak: 0, total: 0, pace, isShared: false, lastUsedDayMs: null };
  return { from, of: () => each, known: () => known };
}

describe('the keys worth a look', () => {
  it('are those whose limit is used up, or will be before it starts anew, soonest first', () => {
    const rows = [
      row({ id: 1, limit: monthly('100'), used: '10' }),
      row({ id: 2, limit: monthly('100'), used: '95' }),
      row({ id: 3, limit: monthly('100'), used: '100' }),
      row({ id: 4, limit: monthly('100'), used: '85' }),
      row({ id: 5, limit: monthly('100'), used: '99', over: { status: 'disabled' } }),
    ];
    const { runningOut, usedUp, nearlyFull, counts } = keyAttention(rows, recent(1), now);
    expect(runningOut.keys.map(({ id, runsOutAt }) => [id, runsOutAt])).toEqual([
      [3, null],
      [2, '2026-11-25T00:00:00.000Z'],
    ]);
    expect([runningOut.count, usedUp]).toEqual([2, 1]);
    expect(nearlyFull.keys.map(({ id }) => id)).toEqual([4]);
    expect(counts.over80).toBe(3);
  });

  it('are told of a limit that never starts anew within 30 days only', () => {
    const total = capped(usd('100'), 'total');
    const ids = (pace: number) =>
      keyAttention([row({ id: 1, limit: total, used: '10' })], recent(pace), now).runningOut.count;
    expect([ids(3), ids(2.99)]).toEqual([1, 0]);
  });

  it('add up monthly caps and what nothing limits, exactly', () => {
    const rows = [
      row({ id: 1, limit: monthly('100.1'), used: '10.2' }),
      row({ id: 2, limit: monthly('0.2'), used: '0.1' }),
      row({ id: 3, limit: capped(usd('5'), 'daily'), used: '1' }),
      row({ id: 4, limit: UNLIMITED }),
      row({ id: 5, limit: UNLIMITED, over: { monthSpend: usd('0.000000001') } }),
    ];
    const { monthlyCaps, unlimitedSpend, counts } = keyAttention(rows, recent(0), now);
    expect(monthlyCaps).toEqual({ keys: 2, used: '10.3', caps: '100.3', isShared: false });
    expect(unlimitedSpend).toBe('1.500000001');
    expect(counts.unlimited).toBe(2);
  });

  it('are idle without a known use only when each of the last 29 ended days was read', () => {
    const rows = [row({ id: 1, limit: UNLIMITED, over: { lastUsedAtMs: null } })];
    const idle = (known: string) => keyAttention(rows, recent(0, known), now).counts.idle;
    expect(idle('1'.repeat(30))).toBe(1);
    expect(idle(`${'1'.repeat(29)}0`)).toBe(1);
    expect(idle(`${'1'.repeat(10)}0${'1'.repeat(19)}`)).toBe(0);
    expect(idle('0'.repeat(30))).toBe(0);
  });
});
