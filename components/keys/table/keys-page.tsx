'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { useAskedFor } from '@/components/layout/use-asked-for';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { buttonVariants } from '@/components/ui/button-variants';
import { toast } from '@/components/ui/toaster';
import type { KeysTable } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { recentSpendQuery } from '@/lib/client/recent-spend';
import { useSaveColumns } from '@/lib/client/views';
import { visibleKeyColumns } from '@/lib/domain/keys/key-columns';
import { hasFilters } from '@/lib/domain/keys/key-filters';
import { isLive } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { TablePreference } from '@/lib/domain/people/preferences';
import type { SavedView } from '@/lib/domain/views/saved-view';
import { formatMonth } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatCount, formatPlural } from '@/lib/utils/format-number';
import { type KeyDialog, KeyDialogs } from '../key-dialogs';
import { KeysBody } from './keys-body';
import { KeysBulk } from './keys-bulk';
import { KeysToolbar } from './keys-toolbar';
import { type KeysAbilities, KeyTableProvider } from './table-context';
import { useFilteredRows } from './use-filtered-rows';
import { useKeysTable } from './use-keys-table';
import { type KeysView, useKeysView } from './use-keys-view';
import { useReturnFocus } from './use-return-focus';
import { useSelection } from './use-selection';

const NO_ROWS: readonly KeyRow[] = [];

/** `1,284 keys · $18,204.61 in November`; with filters how many of them are shown, and what is of keys not listed. */
function metaText(table: KeysTable, live: number, view: KeysView, shown: number, month: string): string {
  const total = view.filters.status === 'live' ? live : table.rows.length;
  const isFiltered = hasFilters(view.filters);
  const count = isFiltered
    ? `${formatCount(shown)} of ${formatPlural(total, 'key')}`
    : formatPlural(total, 'key');
  // The spend is not of the keys shown alone.
  const whose = isFiltered ? ' by all keys' : '';
  const left = table.leftSpend === '0' ? '' : `, ${formatUsd(table.leftSpend)} of it by keys that left`;
  return `${count} · ${formatUsd(table.monthSpend)}${whose} in ${month}${left}`;
}

/** Until the table has come, nobody knows better. */
function canCreateIn(table: KeysTable | undefined): boolean {
  return table === undefined || table.connections.some(({ state }) => state === 'active');
}

function usePreference(initial: TablePreference) {
  const [preference, setPreference] = useState(initial);
  const { mutate } = useSaveColumns('keys');
  const save = useCallback(
    (wanted: TablePreference) => {
      setPreference(wanted);
      mutate(wanted, {
        onError: (error) => toast.error(`The columns could not be kept. ${outcomeErrorOf(error).message}`),
      });
    },
    [mutate],
  );
  return { preference, save };
}

function useDialog() {
  const [dialog, setDialog] = useState<KeyDialog>(null);
  const { remember, giveBack } = useReturnFocus();
  const openDialog = useCallback(
    (wanted: KeyDialog) => {
      remember();
      setDialog(wanted);
    },
    [remember],
  );
  const closeDialog = useCallback(() => {
    setDialog(null);
    giveBack();
  }, [giveBack]);
  return { dialog, openDialog, closeDialog };
}

export interface KeysPageProps {
  can: KeysAbilities;
  preference: TablePreference;
  views: readonly SavedView[];
  /** So many keys that their first rows come before the others. */
  hasMany: boolean;
}

/** Every key within reach; filtered, sorted and searched in the browser. */
export function KeysPage({ can, preference: storedPreference, views, hasMany }: KeysPageProps) {
  const view = useKeysView();
  const { table, shown } = useKeysTable(hasMany, view);
  // After the rows, so that they never wait for their sparklines.
  const { data: recent = null } = useQuery({ ...recentSpendQuery, enabled: table.isSuccess });
  const { preference, save } = usePreference(storedPreference);
  const { dialog, openDialog, closeDialog } = useDialog();
  const openCreate = useCallback(() => openDialog({ kind: 'create' }), [openDialog]);
  useAskedFor('create', can.create && table.isSuccess, openCreate);

  const all = shown?.rows ?? NO_ROWS;
  const asOf = shown?.asOf;
  const facts = useMemo(() => ({ nowMs: asOf ? Date.parse(asOf) : 0, recent }), [asOf, recent]);
  const rows = useFilteredRows(all, view, facts);
  const live = useMemo(() => all.filter(({ status }) => isLive(status)).length, [all]);
  const selection = useSelection(rows);
  const columns = useMemo(() => visibleKeyColumns(preference), [preference]);
  const toggleSelected = selection.toggle;
  const binds = shown?.binds ?? null;
  const context = useMemo(
    () => ({ can, recent, binds, asOfMs: facts.nowMs, openDialog, toggleSelected }),
    [can, recent, binds, facts.nowMs, openDialog, toggleSelected],
  );
  const isEmpty = table.data !== undefined && all.length === 0;
  const month = shown ? (formatMonth(shown.month).split(' ')[0] ?? '') : '';

  return (
    <KeyTableProvider value={context}>
      <PageFrame
        title="Keys"
        meta={table.data && !isEmpty ? metaText(table.data, live, view, rows.length, month) : null}
        className="md:h-[calc(100dvh-48px)] md:min-h-[460px] md:flex-none"
        actions={
          <>
            {can.update && !isEmpty ? (
              <ButtonLink href="/keys/bulk" prefetch={false}>
                Bulk changes
              </ButtonLink>
            ) : null}
            {can.export && rows.length > 0 ? (
              <a href={`/api/keys/export?${view.query}`} download className={buttonVariants()}>
                Export CSV
              </a>
            ) : null}
            {can.create && canCreateIn(table.data) ? (
              <Button variant="primary" disabled={!table.data} onClick={openCreate}>
                Create key
              </Button>
            ) : null}
          </>
        }
      >
        {isEmpty ? null : (
          <KeysToolbar
            table={table.data}
            view={view}
            views={views}
            preference={preference}
            onPreference={save}
          />
        )}
        <KeysBody
          table={table}
          data={shown}
          rows={rows}
          columns={columns}
          view={view}
          selection={selection}
          can={can}
          month={month}
          onCreate={openCreate}
        />
        {table.data ? <KeysBulk table={table.data} shown={rows} selection={selection} /> : null}
      </PageFrame>
      {shown ? <KeyDialogs dialog={dialog} onClose={closeDialog} table={shown} /> : null}
    </KeyTableProvider>
  );
}
