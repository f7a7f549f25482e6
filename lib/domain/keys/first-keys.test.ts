import { describe, expect, it } from 'vitest';
import { canListFirst, firstKeysPath, writeKeysQuery } from './first-keys';
import { NO_FILTERS, parseKeyFilters } from './key-filters';
import { DEFAULT_KEY_SORT, parseKeySort } from './key-sort';

const asked = (query: string) => {
  const params = new URLSearchParams(query);
  const filters = parseKeyFilters((name) => params.get(name));
  return { filters, sort: parseKeySort(params.get('sort')) };
};

describe('the address of the keys page', () => {
  it('is read back as it was written', () => {
    for (const query of ['', 'q=checkout+prod&team=3%2Cnone', 'status=disabled&sort=name.asc', 'limit=80']) {
      const { filters, sort } = asked(query);
      expect(writeKeysQuery(filters, sort)).toBe(query);
    }
    expect(firstKeysPath(writeKeysQuery(NO_FILTERS, DEFAULT_KEY_SORT))).toBe('/api/keys/first');
  });
});

describe('the first rows by themselves', () => {
  it.each([
    ['', true],
    ['q=prod&connection=1&team=2&owner=none', true],
    ['sort=spend.desc', true],
    ['sort=name.asc', false],
    ['status=all', false],
    ['limit=80', false],
    ['idle=14', false],
    ['expires=7', false],
    ['rotation=due', false],
    ['unowned=any', false],
  ])('of “%s”: %s', (query, isTold) => {
    const { filters, sort } = asked(query);
    expect(canListFirst(filters, sort)).toBe(isTold);
  });
});
