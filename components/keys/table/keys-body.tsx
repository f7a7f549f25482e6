'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useEffect } from 'react';
import type { KeysTable } from '@/lib/client/keys';
import type { KeyColumnId } from '@/lib/domain/keys/key-columns';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { KeyGrid } from './key-grid';
import { KeysFailed, KeysLoading, NoKeys, NoMatch } from './keys-states';
import type { KeysAbilities } from './table-context';
import { useIsNarrow } from './use-is-narrow';
import type { KeysView } from './use-keys-view';
import type { KeySelection } from './use-selection';

const loadCards = () => import('./key-cards').then((file) => file.KeyCards);
// A phone fetches its cards while the rows travel; a wide window never does.
const KeyCards = dynamic(loadCards, { loading: KeysLoading });

export interface KeysBodyProps {
  table: UseQueryResult<KeysTable>;
  /** What of the table is shown. */
  data: KeysTable | undefined;
  rows: readonly KeyRow[];
  columns: readonly KeyColumnId[];
  view: KeysView;
  selection: KeySelection;
  can: KeysAbilities;
  month: string;
  onCreate: () => void;
}

/** The rows, or why there are none. What was read once stays when a later read fails. */
export function KeysBody({
  table,
  data,
  rows,
  columns,
  view,
  selection,
  can,
  month,
  onCreate,
}: KeysBodyProps) {
  const isNarrow = useIsNarrow();
  useEffect(() => {
    // What fails here is tried again, and told, when the cards are drawn.
    if (isNarrow) void loadCards().catch(() => undefined);
  }, [isNarrow]);
  if (!data && table.isPending) return <KeysLoading />;
  if (!data) return <KeysFailed error={table.error} onRetry={() => void table.refetch()} />;
  if (data.rows.length === 0) return <NoKeys connections={data.connections} can={can} onCreate={onCreate} />;
  if (rows.length === 0) return <NoMatch total={data.rows.length} onClear={view.clear} />;
  if (isNarrow) return <KeyCards rows={rows} month={month} selection={selection} />;
  return (
    <KeyGrid
      rows={rows}
      columns={columns}
      month={data.month}
      sort={view.sort}
      onSort={view.setSort}
      selection={selection}
      viewKey={view.query}
    />
  );
}
