'use client';

import { useMemo } from 'react';
import { type KeyFacts, keyMatcher, searchKeys } from '@/lib/domain/keys/key-filters';
import { sortKeys } from '@/lib/domain/keys/key-sort';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { KeysView } from './use-keys-view';

/** Sorted once, filtered once, searched with each keystroke: only the last is paid while typing. */
export function useFilteredRows(
  rows: readonly KeyRow[],
  { chosen, filters, sort }: Pick<KeysView, 'chosen' | 'filters' | 'sort'>,
  facts: KeyFacts,
): readonly KeyRow[] {
  const sorted = useMemo(() => sortKeys(rows, sort, facts), [rows, sort, facts]);
  const narrowed = useMemo(() => sorted.filter(keyMatcher(chosen, facts)), [sorted, chosen, facts]);
  return useMemo(() => searchKeys(narrowed, filters.q), [narrowed, filters.q]);
}
