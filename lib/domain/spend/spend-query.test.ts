import { describe, expect, it } from 'vitest';
import { parseIds, writeIds, writeSpendQuery } from './spend-query';
import { spendQuerySchema } from './spend-query-schema';

describe('ids in an address', () => {
  it.each([
    [null, []],
    ['', []],
    ['3,7,3,none', [3, 7, 0]],
    ['0,-1,x,1e3, 4', []],
  ])('%s', (text, ids) => {
    expect(parseIds(text)).toEqual(ids);
  });

  it('come back as they were', () => {
    expect(parseIds(writeIds([4, 0, 2]))).toEqual([4, 0, 2]);
    expect(writeIds([])).toBeNull();
  });
});

describe('a query', () => {
  const read = (search: string) =>
    spendQuerySchema.safeParse(Object.fromEntries(new URLSearchParams(search)));

  it('survives its own address', () => {
    const { data } = read('from=2026-11-01&to=2026-11-30&by=model&team=none,4&connection=2');
    expect(data).toEqual({
      from: '2026-11-01',
      to: '2026-11-30',
      by: 'model',
      teams: [0, 4],
      connections: [2],
    });
    expect(data && read(writeSpendQuery(data)).data).toEqual(data);
  });

  it.each([
    'from=2026-11-02&to=2026-11-01&by=team',
    'from=2025-01-01&to=2026-11-01&by=team',
    'from=2026-02-30&to=2026-11-01&by=team',
    'from=2026-11-01&to=2026-11-30&by=provider',
    'to=2026-11-30&by=team',
  ])('is refused: %s', (search) => {
    expect(read(search).success).toBe(false);
  });
});
