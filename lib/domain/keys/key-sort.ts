import { isKeyColumnId, type KeyColumnId } from './key-columns';
import type { KeyFacts } from './key-filters';
import { type KeyStatus, keyStatusWords } from './key-status';
import type { KeyRow } from './keys-table';
import { lastUseOf } from './recent-spend';

export type KeySort = { readonly column: KeyColumnId; readonly direction: 'asc' | 'desc' };

export const DEFAULT_KEY_SORT: KeySort = { column: 'spend', direction: 'desc' };

/** Figures and times are wanted largest first, words from A. */
const largestFirst: readonly KeyColumnId[] = ['spend', 'limit', 'recent', 'lastUsed', 'created'];

/** `spend.desc`; anything else is the default. */
export function parseKeySort(text: string | null): KeySort {
  const [column = '', direction] = (text ?? '').split('.');
  if (!isKeyColumnId(column) || (direction !== 'asc' && direction !== 'desc')) return DEFAULT_KEY_SORT;
  return { column, direction };
}

/** Null for the default. */
export function writeKeySort(sort: KeySort): string | null {
  const isDefault = sort.column === DEFAULT_KEY_SORT.column && sort.direction === DEFAULT_KEY_SORT.direction;
  return isDefault ? null : `${sort.column}.${sort.direction}`;
}

/** What a click on a heading asks for: the column's own direction first, then the other. */
export function nextKeySort(current: KeySort, column: KeyColumnId): KeySort {
  if (current.column === column) return { column, direction: current.direction === 'asc' ? 'desc' : 'asc' };
  return { column, direction: largestFirst.includes(column) ? 'desc' : 'asc' };
}

const statusOrder = Object.keys(keyStatusWords) as KeyStatus[];

type SortValue = string | number | null;

function sortValue(column: KeyColumnId, facts: KeyFacts): (row: KeyRow) => SortValue {
  switch (column) {
    case 'name':
      return (row) => row.name;
    case 'provider':
      return (row) => `${row.connection.providerName} ${row.connection.name}`;
    case 'container':
      return (row) => row.container?.name ?? null;
    case 'team':
      return (row) => row.team?.name ?? null;
    case 'owner':
      return (row) => row.owner?.name ?? null;
    case 'status':
      return (row) => statusOrder.indexOf(row.status);
    case 'spend':
      return (row) => row.monthSpendNumber;
    case 'limit':
      return (row) => (row.usedShare < 0 ? null : row.usedShare);
    case 'recent':
      return (row) => facts.recent?.of(row.id).total ?? null;
    case 'lastUsed':
      return (row) => lastUseOf(row, facts.recent)?.atMs ?? null;
    case 'created':
      return (row) => row.createdAtMs;
    case 'expires':
      return (row) => row.expiresAtMs;
  }
}

const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compareValues(a: SortValue, b: SortValue): number {
  if (typeof a === 'string' && typeof b === 'string') return words.compare(a, b);
  return Number(a) - Number(b);
}

/** The rows by one column; what has no value comes last in either direction, equals by name. */
export function sortKeys(rows: readonly KeyRow[], sort: KeySort, facts: KeyFacts): KeyRow[] {
  const read = sortValue(sort.column, facts);
  const sign = sort.direction === 'asc' ? 1 : -1;
  const entries = rows.map((row) => ({ row, value: read(row) }));
  entries.sort((a, b) => {
    if (a.value === null || b.value === null) {
      if (a.value !== b.value) return a.value === null ? 1 : -1;
    } else {
      const order = compareValues(a.value, b.value);
      if (order !== 0) return order * sign;
    }
    return words.compare(a.row.name, b.row.name) || a.row.id - b.row.id;
  });
  return entries.map(({ row }) => row);
}
