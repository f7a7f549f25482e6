'use client';

import { useMemo } from 'react';
import { type KeyFacts, type KeyFilters, keyMatcher, searchKeys } from '@/lib/domain/keys/key-filters';
import { type KeySort, sortKeys } from '@/lib/domain/keys/key-sort';
import type { KeyRow } from '@/lib/domain/keys/keys-table';

/** Sorted once, filtered once, searched with each keystroke: only the last is paid while typing. */
export function useFilteredRows(
  rows: readonly KeyRow[],
  filters: KeyFilters,
  sort: KeySort,
  facts: KeyFacts,
): readonly KeyRow[] {
  const sorted = useMemo(() => sortKeys(rows, sort, facts), [rows, sort, facts]);
  const { q, status, connections, teams, owners, limit, idleDays, expiresInDays } = filters;
  const narrowed = useMemo(() => {
    const chosen = { q: '', status, connections, teams, owners, limit, idleDays, expiresInDays };
    return sorted.filter(keyMatcher(chosen, facts));
  }, [sorted, facts, status, connections, teams, owners, limit, idleDays, expiresInDays]);
  return useMemo(() => searchKeys(narrowed, q), [narrowed, q]);
}
