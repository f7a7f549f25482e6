'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo, useRef } from 'react';
import { writeKeysQuery } from '@/lib/domain/keys/first-keys';
import { type KeyFilters, NO_FILTERS, parseKeyFilters, writeKeyFilters } from '@/lib/domain/keys/key-filters';
import { type KeySort, parseKeySort, writeKeySort } from '@/lib/domain/keys/key-sort';

const parsers = {
  q: parseAsString,
  status: parseAsString,
  connection: parseAsString,
  team: parseAsString,
  owner: parseAsString,
  unowned: parseAsString,
  limit: parseAsString,
  idle: parseAsString,
  expires: parseAsString,
  rotation: parseAsString,
  sort: parseAsString,
};

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
  const [texts, setTexts] = useQueryStates(parsers, { history: 'push', shallow: true, scroll: false });
  const { q, status, connection, team, owner, unowned, limit, idle, expires, rotation } = texts;
  const chosen = useMemo(() => {
    const named = { q: null, status, connection, team, owner, unowned, limit, idle, expires, rotation };
    return parseKeyFilters((name) => named[name]);
  }, [status, connection, team, owner, unowned, limit, idle, expires, rotation]);
  const filters = useMemo(() => ({ ...chosen, q: (q ?? '').slice(0, 200) }), [chosen, q]);
  const sort = useMemo(() => parseKeySort(texts.sort), [texts.sort]);
  const query = useMemo(() => writeKeysQuery(filters, sort), [filters, sort]);

  const latest = useRef(filters);
  latest.current = filters;
  const setFilters = useCallback(
    (patch: Partial<KeyFilters>) => void setTexts(writeKeyFilters({ ...latest.current, ...patch })),
    [setTexts],
  );
  const setSearch = useCallback(
    (q: string) => void setTexts({ q: q === '' ? null : q }, { history: 'replace' }),
    [setTexts],
  );
  const setSort = useCallback((wanted: KeySort) => void setTexts({ sort: writeKeySort(wanted) }), [setTexts]);
  const applyQuery = useCallback(
    (wanted: string) => {
      const address = new URLSearchParams(wanted);
      const named = writeKeyFilters(parseKeyFilters((name) => address.get(name)));
      void setTexts({ ...named, sort: writeKeySort(parseKeySort(address.get('sort'))) });
    },
    [setTexts],
  );
  const clear = useCallback(() => void setTexts(writeKeyFilters(NO_FILTERS)), [setTexts]);
  return { filters, chosen, sort, query, setFilters, setSearch, setSort, applyQuery, clear };
}
