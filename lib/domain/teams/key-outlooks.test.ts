import { describe, expect, it } from 'vitest';
import type { BindsWire } from '../binds/binds-wire';
import type { KeyRow } from '../keys/keys-table';
import type { RecentSpend } from '../keys/recent-spend';
import { capped, type Limit, UNLIMITED } from '../limits/limit';
import { type Usd, usd, ZERO_USD } from '../money/usd';
import { parseUtcDay } from '../periods/utc-day';
import { keyOutlooks } from './key-outlooks';

const now = new Date('2026-11-20T00:00:00Z');
const from = parseUtcDay('2026-10-22');

function row(id: number, limit: Limit, used: Usd | null, values: Partial<KeyRow> = {}): KeyRow {
  const connection = { id: 1 } as KeyRow['connection'];
  const base = { connection, container: null, status: 'active', monthSpendNumber: id } as Partial<KeyRow>;
  return { id, limit, used, ...base, ...values } as KeyRow;
}

function binds(pooled: string | null): BindsWire {
  const empty = { ofContainer: {}, ofKey: {}, usedAlone: {} };
  if (pooled === null) return { ...empty, bounds: [], stacks: [], ofConnection: {} };
  const pool = {
    amount: usd(pooled),
    used: ZERO_USD,
    period: 'monthly' as const,
    pool: 'w',
    name: null,
    isPersonal: false,
  };
  return {
    ...empty,
    bounds: [{ kind: 'workspace', ...pool }],
    stacks: [{ bounds: [0], notKnown: [] }],
    ofConnection: { 1: 0 },
  };
}

function recent(paces: Readonly<Record<number, number>>): RecentSpend {
  if (from === null) throw new Error('a day');
  const nothing = { bars: '', peak: 0, total: 0, isShared: false, lastUsedDayMs: null };
  const of = (id: number) => ({ ...nothing, pace: paces[id] ?? 0 });
  return { from, of, known: () => '' };
}

const monthly = (amount: string) => capped(usd(amount), 'monthly');
const tell = (rows: KeyRow[], paces: Record<number, number>, pooled: string | null = null) =>
  keyOutlooks(rows, { binds: binds(pooled), recent: recent(paces), now }).map(
    ({ row: { id }, isSpent, runsOutAt }) => [
      id,
      isSpent ? 'spent' : (runsOutAt?.toISOString().slice(0, 10) ?? 'lasts'),
    ],
  );

describe('what runs out first', () => {
  it('is what is spent, then what runs out soonest, then the largest spender; only keys that can be used', () => {
    const rows = [
      row(1, monthly('100'), usd(10)),
      row(2, monthly('100'), usd(95)),
      row(3, monthly('100'), usd(98)),
      row(4, monthly('100'), usd(100)),
      row(5, UNLIMITED, null),
      row(6, monthly('100'), usd(99), { status: 'disabled' }),
      row(7, { kind: 'blocked' }, null, { status: 'blocked' }),
    ];
    expect(tell(rows, { 1: 1, 2: 1, 3: 1, 4: 1, 5: 9, 6: 9 })).toEqual([
      [7, 'spent'],
      [4, 'spent'],
      [3, '2026-11-22'],
      [2, '2026-11-25'],
      [5, 'lasts'],
      [1, 'lasts'],
    ]);
  });

  it('counts the pace of all keys that draw on the same budget, and none of a key that rests', () => {
    const rows = [row(1, UNLIMITED, null), row(2, UNLIMITED, null), row(3, UNLIMITED, null)];
    expect(tell(rows, { 1: 3, 2: 2 }, '10')).toEqual([
      [2, '2026-11-22'],
      [1, '2026-11-22'],
      [3, 'lasts'],
    ]);
  });
});
