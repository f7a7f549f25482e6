'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { keysTableQuery } from '@/lib/client/keys';
import { visibleKeyColumns } from '@/lib/domain/keys/key-columns';
import { hasFilters } from '@/lib/domain/keys/key-filters';
import { isLive } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { RecentSpend } from '@/lib/domain/keys/recent-spend';
import type { TablePreference } from '@/lib/domain/people/preferences';
import { formatMonth } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatCount, formatPlural } from '@/lib/utils/format-number';
import { type KeyDialog, KeyDialogs } from '../key-dialogs';
import { KeysBody } from './keys-body';
import { SearchBox } from './search-box';
import { type KeysAbilities, KeyTableProvider } from './table-context';
import { useFilteredRows } from './use-filtered-rows';
import { useKeysView } from './use-keys-view';
import { useSelection } from './use-selection';

const NO_ROWS: readonly KeyRow[] = [];

export interface KeysPageProps {
  can: KeysAbilities;
  preference: TablePreference;
}

function focusFirstRow() {
  document.querySelector<HTMLElement>('[role=grid] [data-key-id][tabindex="0"]')?.focus();
}

export function KeysPage({ can, preference }: KeysPageProps) {
  const table = useQuery(keysTableQuery);
  const recent: RecentSpend | null = null;
  const view = useKeysView();
  const [dialog, setDialog] = useState<KeyDialog>(null);
  const closeDialog = useCallback(() => setDialog(null), []);
  const openCreate = useCallback(() => setDialog({ kind: 'create' }), []);

  const all = table.data?.rows ?? NO_ROWS;
  const asOf = table.data?.asOf;
  const facts = useMemo(() => ({ nowMs: asOf ? Date.parse(asOf) : 0, recent }), [asOf]);
  const rows = useFilteredRows(all, view.filters, view.sort, facts);
  const selection = useSelection(rows);
  const columns = useMemo(() => visibleKeyColumns(preference), [preference]);
  const live = useMemo(() => all.filter(({ status }) => isLive(status)).length, [all]);
  const toggleSelected = selection.toggle;
  const context = useMemo(
    () => ({ can, recent, asOfMs: facts.nowMs, openDialog: setDialog, toggleSelected }),
    [can, facts.nowMs, toggleSelected],
  );

  const month = table.data ? (formatMonth(table.data.month).split(' ')[0] ?? '') : '';
  const meta = table.data
    ? `${
        hasFilters(view.filters)
          ? `${formatCount(rows.length)} of ${formatPlural(live, 'key')}`
          : formatPlural(rows.length, 'key')
      } · ${formatUsd(table.data.monthSpend)} in ${month}`
    : null;

  return (
    <KeyTableProvider value={context}>
      <PageFrame
        title="Keys"
        meta={meta}
        className="md:h-[calc(100dvh-49px)] md:min-h-[460px]"
        actions={
          can.create ? (
            <Button variant="primary" disabled={!table.data} onClick={openCreate}>
              Create key
            </Button>
          ) : null
        }
      >
        <div className="flex flex-wrap items-center gap-2">
          <SearchBox value={view.filters.q} onChange={view.setSearch} onLeave={focusFirstRow} />
        </div>
        <KeysBody
          table={table}
          rows={rows}
          columns={columns}
          view={view}
          selection={selection}
          can={can}
          month={month}
          onCreate={openCreate}
        />
      </PageFrame>
      {table.data ? <KeyDialogs dialog={dialog} onClose={closeDialog} table={table.data} /> : null}
    </KeyTableProvider>
  );
}
