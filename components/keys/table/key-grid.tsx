'use client';

import { useRouter } from 'next/navigation';
import {
  type CSSProperties,
  type FocusEvent,
  type MouseEvent,
  memo,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import type { KeyColumnId } from '@/lib/domain/keys/key-columns';
import type { KeySort } from '@/lib/domain/keys/key-sort';
import { isLive } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { gridTemplate, ROW_HEIGHT } from './grid-columns';
import { GridHeader } from './grid-header';
import { GridBox } from './grid-parts';
import { GridRow } from './grid-row';
import { assignSlots, type RowSlots } from './row-slots';
import { rowsToDraw } from './rows-in-sight';
import { useKeyTable } from './table-context';
import { useGridKeys } from './use-grid-keys';
import { useRowsInSight } from './use-rows-in-sight';
import type { KeySelection } from './use-selection';

export interface KeyGridProps {
  rows: readonly KeyRow[];
  columns: readonly KeyColumnId[];
  month: string;
  sort: KeySort;
  onSort: (sort: KeySort) => void;
  selection: KeySelection;
  /** A figure that changes when the rows are filtered or sorted anew: the list then starts from the top. */
  viewKey: string;
}

/** The address of a link that a plain click would open here; null for every other click. */
function clickedAddress(event: MouseEvent<HTMLElement>): string | null {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const { target } = event;
  if (!isPlain || event.defaultPrevented || !(target instanceof Element)) return null;
  return target.closest('a')?.getAttribute('href') ?? null;
}

/** The rows to draw, each with its place and the drawn row that shows it. */
function useDrawnRows(rows: readonly KeyRow[], places: readonly number[], keptId: number | null) {
  const slots = useRef<RowSlots>(new Map());
  const drawn = places.flatMap((index) => {
    const row = rows[index];
    return row ? [{ row, index }] : [];
  });
  const ids = drawn.map(({ row }) => row.id);
  slots.current = assignSlots(slots.current, ids, keptId);
  return drawn.map((item) => ({ ...item, slot: slots.current.get(item.row.id) }));
}

/** Drawn for other rows, not when the address follows what was typed. */
export const KeyGrid = memo(function KeyGrid(props: KeyGridProps) {
  const { rows, columns, month, sort, onSort, selection, viewKey } = props;
  const router = useRouter();
  const table = useKeyTable();
  const { can, openDialog, toggleSelected } = table;
  const scrollRef = useRef<HTMLDivElement>(null);
  const isSelectable = can.update || can.assign;
  const tracks = useMemo((): CSSProperties & Record<'--key-columns', string> => {
    const { template, minWidth } = gridTemplate(columns, isSelectable);
    return { minWidth, '--key-columns': template };
  }, [columns, isSelectable]);
  const toggleAll = useCallback(() => selection.toggleAll(rows), [selection, rows]);
  const { sight, scrollToIndex, scrollToTop } = useRowsInSight(scrollRef);

  const { activeId, setActiveId, onKeyDown } = useGridKeys({
    rows,
    scroller: () => scrollRef.current,
    scrollToIndex,
    pageSize: () => Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 480) / ROW_HEIGHT) - 2),
    onOpen: (row) => router.push(`/keys/${row.id}`),
    onEdit: (row) => {
      const isEditable = can.update && isLive(row.status) && row.connection.state === 'active';
      if (isEditable) openDialog({ kind: 'limit', row });
    },
    onSelect: (row, isRange) => (isSelectable ? toggleSelected(row.id, isRange) : undefined),
    onEscape: selection.clear,
  });
  const activeIndex = useMemo(
    () => (activeId === null ? -1 : rows.findIndex((row) => row.id === activeId)),
    [rows, activeId],
  );
  // The row with the focus stays drawn, or scrolling would throw the focus away.
  const drawn = useDrawnRows(rows, rowsToDraw(sight, rows.length, activeIndex), activeId);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for another view only
  useLayoutEffect(scrollToTop, [viewKey]);

  function rememberRow(event: FocusEvent<HTMLElement>) {
    const row = event.target.closest<HTMLElement>('[data-key-id]');
    if (row) setActiveId(Number(row.dataset.keyId));
  }

  function follow(event: MouseEvent<HTMLElement>) {
    const address = clickedAddress(event);
    if (address === null) return;
    event.preventDefault();
    router.push(address);
  }

  const tabbable = Math.max(0, activeIndex);
  return (
    <GridBox
      ref={scrollRef}
      part="grid"
      aria-label="Keys"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 2}
      aria-multiselectable={isSelectable}
      onKeyDown={onKeyDown}
      onFocus={rememberRow}
      onClick={follow}
      className="min-h-0 overflow-auto rounded-panel border border-line bg-panel"
    >
      <div style={tracks}>
        <GridHeader
          columns={columns}
          month={month}
          sort={sort}
          onSort={onSort}
          selected={isSelectable ? selection.stateOf(rows) : null}
          rowCount={rows.length}
          onToggleAll={toggleAll}
        />
        <GridBox part="group" className="relative" style={{ height: rows.length * ROW_HEIGHT }}>
          {drawn.map(({ row, index, slot }) => (
            <GridRow
              key={slot}
              row={row}
              table={table}
              index={index}
              columns={columns}
              isActive={index === tabbable}
              isSelected={selection.has(row.id)}
              isSelectable={isSelectable}
            />
          ))}
        </GridBox>
      </div>
    </GridBox>
  );
});
