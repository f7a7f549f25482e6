'use client';

import { useCallback, useMemo, useRef } from 'react';
import { writeKeysQuery } from '@/lib/domain/keys/first-keys';
import {
  type KeyFilters,
  keyFilterNames,
  NO_FILTERS,
  parseKeyFilters,
  writeKeyFilters,
} from '@/lib/domain/keys/key-filters';
import { type KeySort, parseKeySort, writeKeySort } from '@/lib/domain/keys/key-sort';
import { useAddress } from './use-address';

export type KeysView = {
  readonly filters: KeyFilters;
  /** The filters without the search: the same object while one types. */
  readonly chosen: KeyFilters;
  readonly sort: KeySort;
  /** The address of what is shown, without `?`: what a saved view keeps and the export asks with. */
  readonly query: string;
  readonly setFilters: (patch: Partial<KeyFilters>) => void;
  readonly setSearch: (q: string) => void;
  readonly setSort: (sort: KeySort) => void;
  readonly applyQuery: (query: string) => void;
  readonly clear: () => void;
};

/** Filters and sorting in the address: a choice is a step that Back undoes, typing is not. */
export function useKeysView(): KeysView {
  const { address, change } = useAddress();
  const [q, sorting] = [address.get('q') ?? '', address.get('sort')];
  // Everything but the search, as one text: it stays the same while one types.
  const choice = keyFilterNames.map((name) => (name === 'q' ? '' : (address.get(name) ?? ''))).join('\n');
  const chosen = useMemo(() => {
    const texts = choice.split('\n');
    return parseKeyFilters((name) => texts[keyFilterNames.indexOf(name)] || null);
  }, [choice]);
  const filters = useMemo(() => ({ ...chosen, q: q.slice(0, 200) }), [chosen, q]);
  const sort = useMemo(() => parseKeySort(sorting), [sorting]);
  const query = useMemo(() => writeKeysQuery(filters, sort), [filters, sort]);

  const latest = useRef(filters);
  latest.current = filters;
  const setFilters = useCallback(
    (patch: Partial<KeyFilters>) => change(writeKeyFilters({ ...latest.current, ...patch }), true),
    [change],
  );
  const setSearch = useCallback((text: string) => change({ q: text === '' ? null : text }, false), [change]);
  const setSort = useCallback((wanted: KeySort) => change({ sort: writeKeySort(wanted) }, true), [change]);
  const applyQuery = useCallback(
    (wanted: string) => {
      const asked = new URLSearchParams(wanted);
      const named = writeKeyFilters(parseKeyFilters((name) => asked.get(name)));
      change({ ...named, sort: writeKeySort(parseKeySort(asked.get('sort'))) }, true);
    },
    [change],
  );
  const clear = useCallback(() => change(writeKeyFilters(NO_FILTERS), true), [change]);
  return { filters, chosen, sort, query, setFilters, setSearch, setSort, applyQuery, clear };
}
