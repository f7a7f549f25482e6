import { describe, expect, it } from 'vitest';
import { limitedConnection, makeKeyRow } from '@/lib/testing/key-row';
import { BLOCKED, capped } from '../limits/limit';
import { usd } from '../money/usd';
import { utcDayOf } from '../periods/utc-day';
import {
  filterKeys,
  hasFilters,
  type KeyFilters,
  NO_FILTERS,
  parseKeyFilters,
  searchKeys,
  writeKeyFilters,
} from './key-filters';
import { decodeRecentSpend, type RecentSpend } from './recent-spend';

const nowMs = Date.parse('2026-11-20T12:00:00Z');
const DAY = 86_400_000;

function parse(query: string): KeyFilters {
  const address = new URLSearchParams(query);
  return parseKeyFilters((name) => address.get(name));
}

function idsOf(
  rows: Parameters<typeof filterKeys>[0],
  patch: Partial<KeyFilters>,
  recent: RecentSpend | null = null,
) {
  return filterKeys(rows, { ...NO_FILTERS, ...patch }, { nowMs, recent }).map(({ id }) => id);
}

const recent = decodeRecentSpend({
  from: utcDayOf(new Date(nowMs - 29 * DAY)),
  known: { 1: '1'.repeat(30), 2: '1'.repeat(30) },
  shared: [],
  columns: { id: [7], bars: ['A'.repeat(30)], peak: [0], total: [0], pace: [0], lastDay: [25] },
});

describe('filters in an address', () => {
  it('survive the way there and back', () => {
    const query =
      'q=triage+prod&status=disabled,expired&connection=1,3&team=none,4&owner=none,abc&unowned=any&limit=80&idle=30&expires=14&rotation=due';
    const filters = parse(query);
    expect(filters).toEqual({
      q: 'triage prod',
      status: ['disabled', 'expired'],
      connections: [1, 3],
      teams: [0, 4],
      owners: ['none', 'abc'],
      unowned: 'any',
      limit: { kind: 'used', percent: 80 },
      idleDays: 30,
      expiresInDays: 14,
      rotation: 'due',
    });
    const written = Object.entries(writeKeyFilters(filters)).flatMap(([name, text]) =>
      text ? [[name, text]] : [],
    );
    expect(parse(new URLSearchParams(written).toString())).toEqual(filters);
  });

  it('without any are all keys that exist, and write nothing', () => {
    expect(parse('')).toEqual(NO_FILTERS);
    expect(Object.values(writeKeyFilters(NO_FILTERS)).every((text) => text === null)).toBe(true);
  });

  it.each([
    'status=everything',
    'connection=one,-2,0',
    'team=x',
    'limit=most',
    'idle=soon',
    'rotation=soon',
    'unowned=somebody',
    'expires=0',
    'idle=1e9',
  ])('leave out what is not understood: %s', (query) => expect(parse(query)).toEqual(NO_FILTERS));

  it('look back 30 days for idle keys at most', () => {
    expect(parse('idle=400').idleDays).toBe(30);
  });

  it('count as set only when they narrow the keys', () => {
    expect(hasFilters(NO_FILTERS)).toBe(false);
    expect(hasFilters({ ...NO_FILTERS, status: 'all' })).toBe(false);
    expect(hasFilters({ ...NO_FILTERS, owners: ['none'] })).toBe(true);
  });
});

describe('the search box', () => {
  const rows = [
    makeKeyRow({ id: 1, haystack: 'checkout-assistant\nsk-or-v1-9f3…c1a\nj. whitfield\npayments\n' }),
    makeKeyRow({ id: 2, haystack: 'checkout-worker\n\nana ruiz\nsupport\n' }),
  ];

  it('finds keys in which every word stands, whatever its case and order', () => {
    expect(searchKeys(rows, 'Whitfield CHECKOUT').map(({ id }) => id)).toEqual([1]);
    expect(searchKeys(rows, 'checkout nobody')).toEqual([]);
  });

  it('leaves the very same list when nothing is typed', () => {
    expect(searchKeys(rows, '  ')).toBe(rows);
  });
});

describe('filters over keys', () => {
  it('hide deleted and gone keys unless asked', () => {
    const rows = [
      makeKeyRow({ id: 1 }),
      makeKeyRow({ id: 2, status: 'deleted' }),
      makeKeyRow({ id: 3, status: 'gone' }),
      makeKeyRow({ id: 4, status: 'disabled' }),
    ];
    expect(idsOf(rows, {})).toEqual([1, 4]);
    expect(idsOf(rows, { status: 'all' })).toEqual([1, 2, 3, 4]);
    expect(idsOf(rows, { status: ['gone', 'disabled'] })).toEqual([3, 4]);
  });

  it('tell which key lacks a team, an owner, or either', () => {
    const [team, owner] = [
      { id: 4, name: 'Support' },
      { id: 'a', name: 'Ana' },
    ];
    const rows = [
      makeKeyRow({ id: 1, team, owner }),
      makeKeyRow({ id: 2, team, owner: null }),
      makeKeyRow({ id: 3, team: null, owner }),
      makeKeyRow({ id: 4, team: null, owner: null, status: 'disabled' }),
      makeKeyRow({ id: 5, team: null, owner: null, status: 'removed' }),
    ];
    expect(idsOf(rows, { unowned: 'any' })).toEqual([2, 3, 4]);
    expect(idsOf(rows, { unowned: 'team' })).toEqual([3, 4]);
    expect(idsOf(rows, { unowned: 'owner' })).toEqual([2, 4]);
  });

  it('join connection, team and owner, each with none', () => {
    const rows = [
      makeKeyRow({ id: 1, team: { id: 4, name: 'Support' }, owner: { id: 'a', name: 'Ana' } }),
      makeKeyRow({ id: 2, team: null, owner: null }),
      makeKeyRow({ id: 3, connection: limitedConnection, team: { id: 5, name: 'Legal' } }),
    ];
    expect(idsOf(rows, { connections: [2] })).toEqual([3]);
    expect(idsOf(rows, { teams: [0, 4] })).toEqual([1, 2]);
    expect(idsOf(rows, { owners: ['none'] })).toEqual([2, 3]);
    expect(idsOf(rows, { owners: ['none'], teams: [5] })).toEqual([3]);
  });

  it('know the limit used at its exact bound, no limit and blocked', () => {
    const rows = [
      makeKeyRow({ id: 1, limit: capped(usd(100), 'monthly'), usedShare: 0.8 }),
      makeKeyRow({ id: 2, limit: capped(usd(100), 'monthly'), usedShare: 0.7999 }),
      makeKeyRow({ id: 3 }),
      makeKeyRow({ id: 4, limit: BLOCKED, status: 'blocked' }),
    ];
    expect(idsOf(rows, { limit: { kind: 'used', percent: 80 } })).toEqual([1]);
    expect(idsOf(rows, { limit: { kind: 'none' } })).toEqual([3]);
    expect(idsOf(rows, { limit: { kind: 'blocked' } })).toEqual([4]);
  });

  it('know what expires within some days, not what has expired', () => {
    const at = (days: number) => nowMs + days * DAY;
    const rows = [
      makeKeyRow({ id: 1, expiresAtMs: at(14) }),
      makeKeyRow({ id: 2, expiresAtMs: at(14) + 1 }),
      makeKeyRow({ id: 3, expiresAtMs: nowMs }),
      makeKeyRow({ id: 4 }),
    ];
    expect(idsOf(rows, { expiresInDays: 14 })).toEqual([1]);
  });

  it('call a key idle by its last use, by its usage, and never while it is young', () => {
    const rows = [
      makeKeyRow({ id: 1, lastUsedAtMs: nowMs - 30 * DAY }),
      makeKeyRow({ id: 2, lastUsedAtMs: nowMs - 30 * DAY + 1 }),
      makeKeyRow({ id: 3, createdAtMs: nowMs - 2 * DAY }),
      makeKeyRow({ id: 4, createdAtMs: nowMs - 90 * DAY }),
      makeKeyRow({ id: 7, lastUsedAtMs: nowMs - 60 * DAY }),
    ];
    expect(idsOf(rows, { idleDays: 30 }, recent)).toEqual([1, 4]);
  });

  it('call nothing idle whose use is not known yet', () => {
    expect(idsOf([makeKeyRow({ id: 4, createdAtMs: nowMs - 90 * DAY })], { idleDays: 30 }, null)).toEqual([]);
  });
});
