import { type KeyFilters, NO_FILTERS, writeKeyFilters } from './key-filters';
import { type KeySort, writeKeySort } from './key-sort';

/** From so many keys on the first rows are asked for by themselves: all of them take seconds to come. */
export const MANY_KEYS = 50_000;

/** The address of filters and sorting, without `?`. */
export function writeKeysQuery(filters: KeyFilters, sort: KeySort): string {
  const named = { ...writeKeyFilters(filters), sort: writeKeySort(sort) };
  const set = Object.entries(named).flatMap(([name, text]) => (text === null ? [] : [[name, text]]));
  return new URLSearchParams(set).toString();
}

/** Where the first rows of a table with this address are asked for. */
export function firstKeysPath(query: string): string {
  return query === '' ? '/api/keys/first' : `/api/keys/first?${query}`;
}

/** Whether the database can tell the first rows by itself: by spend, of what the commonest filters leave. */
export function canListFirst(filters: KeyFilters, sort: KeySort): boolean {
  const { q, connections, teams, owners } = filters;
  const common = { ...NO_FILTERS, q, connections, teams, owners };
  return writeKeysQuery(filters, sort) === writeKeysQuery(common, sort) && writeKeySort(sort) === null;
}
