import { describe, expect, it } from 'vitest';
import { makeKeyRow } from '@/lib/testing/key-row';
import { usd } from '../money/usd';
import { keyColumns } from './key-columns';
import { DEFAULT_KEY_SORT, nextKeySort, parseKeySort, sortKeys, writeKeySort } from './key-sort';

const facts = { nowMs: Date.parse('2026-11-20T12:00:00Z'), recent: null };
const idsOf = (rows: Parameters<typeof sortKeys>[0], sort: Parameters<typeof sortKeys>[1]) =>
  sortKeys(rows, sort, facts).map(({ id }) => id);

describe('sorting keys', () => {
  it('is by spend, largest first, unless the address says otherwise', () => {
    expect(parseKeySort(null)).toEqual(DEFAULT_KEY_SORT);
    expect(parseKeySort('colour.asc')).toEqual(DEFAULT_KEY_SORT);
    expect(parseKeySort('name.up')).toEqual(DEFAULT_KEY_SORT);
    expect(writeKeySort(DEFAULT_KEY_SORT)).toBeNull();
  });

  it.each(keyColumns.map(({ id }) => id))('by %s survives the way into the address and back', (column) => {
    const sort = { column, direction: 'asc' } as const;
    expect(parseKeySort(writeKeySort(sort))).toEqual(sort);
  });

  it('begins with the largest of figures and with A of words, then turns round', () => {
    expect(nextKeySort(DEFAULT_KEY_SORT, 'limit').direction).toBe('desc');
    expect(nextKeySort(DEFAULT_KEY_SORT, 'team').direction).toBe('asc');
    expect(nextKeySort({ column: 'team', direction: 'asc' }, 'team').direction).toBe('desc');
  });

  it('keeps what has no value last in both directions', () => {
    const rows = [
      makeKeyRow({ id: 1 }),
      makeKeyRow({ id: 2, usedShare: 0.1 }),
      makeKeyRow({ id: 3, usedShare: 0.9 }),
    ];
    expect(idsOf(rows, { column: 'limit', direction: 'desc' })).toEqual([3, 2, 1]);
    expect(idsOf(rows, { column: 'limit', direction: 'asc' })).toEqual([2, 3, 1]);
  });

  it('counts within names, and breaks ties by name', () => {
    const rows = [
      makeKeyRow({ id: 1, name: 'job-10' }),
      makeKeyRow({ id: 2, name: 'job-9' }),
      makeKeyRow({ id: 3, name: 'Job-1', monthSpend: usd(5), monthSpendNumber: 5 }),
    ];
    expect(idsOf(rows, { column: 'name', direction: 'asc' })).toEqual([3, 2, 1]);
    expect(idsOf(rows, { column: 'spend', direction: 'desc' })).toEqual([3, 2, 1]);
  });

  it('leaves the rows it was given as they were', () => {
    const rows = [makeKeyRow({ id: 2, name: 'b' }), makeKeyRow({ id: 1, name: 'a' })];
    idsOf(rows, { column: 'name', direction: 'asc' });
    expect(rows.map(({ id }) => id)).toEqual([2, 1]);
  });
});
