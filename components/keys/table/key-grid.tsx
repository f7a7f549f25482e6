'use client';

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import { type FocusEvent, memo, useCallback, useEffect, useMemo, useRef } from 'react';
import type { KeyColumnId } from '@/lib/domain/keys/key-columns';
import type { KeySort } from '@/lib/domain/keys/key-sort';
import { isLive } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { gridTemplate, HEADER_HEIGHT, ROW_HEIGHT } from './grid-columns';
import { GridHeader } from './grid-header';
import { GridBox } from './grid-parts';
import { GridRow } from './grid-row';
import { useKeyTable } from './table-context';
import { useGridKeys } from './use-grid-keys';
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

/** Drawn for other rows, not when the address follows what was typed. */
export const KeyGrid = memo(function KeyGrid(props: KeyGridProps) {
  const { rows, columns, month, sort, onSort, selection, viewKey } = props;
  const router = useRouter();
  const { can, openDialog, toggleSelected } = useKeyTable();
  const scrollRef = useRef<HTMLDivElement>(null);
  const virtualizerRef = useRef<ReturnType<typeof useVirtualizer<HTMLDivElement, Element>> | null>(null);
  const isSelectable = can.update || can.assign;
  const { template, minWidth } = useMemo(() => gridTemplate(columns, isSelectable), [columns, isSelectable]);

  const { activeId, setActiveId, onKeyDown } = useGridKeys({
    rows,
    scroller: () => scrollRef.current,
    virtualizer: () => virtualizerRef.current,
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
  const rangeExtractor = useCallback(
    (range: Range) => {
      const visible = defaultRangeExtractor(range);
      return activeIndex < 0 || visible.includes(activeIndex)
        ? visible
        : [...visible, activeIndex].sort((a, b) => a - b);
    },
    [activeIndex],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    rangeExtractor,
  });
  virtualizerRef.current = virtualizer;

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for another view only
  useEffect(() => {
    // Scrolling lays the page out at once, which typing at the top need not pay.
    if ((virtualizerRef.current?.scrollOffset ?? 0) > 0) scrollRef.current?.scrollTo({ top: 0 });
  }, [viewKey]);

  function rememberRow(event: FocusEvent<HTMLElement>) {
    const row = event.target.closest<HTMLElement>('[data-key-id]');
    if (row) setActiveId(Number(row.dataset.keyId));
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
      className="min-h-0 overflow-auto rounded-panel border border-line bg-panel"
    >
      <div style={{ minWidth }}>
        <GridHeader
          columns={columns}
          month={month}
          sort={sort}
          onSort={onSort}
          template={template}
          selection={
            isSelectable
              ? {
                  state: selection.stateOf(rows),
                  count: rows.length,
                  onToggle: () => selection.toggleAll(rows),
                }
              : null
          }
        />
        <GridBox part="group" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <GridRow
                key={row.id}
                row={row}
                index={item.index}
                top={item.start - HEADER_HEIGHT}
                columns={columns}
                template={template}
                isActive={item.index === tabbable}
                isSelected={selection.has(row.id)}
                isSelectable={isSelectable}
              />
            );
          })}
        </GridBox>
      </div>
    </GridBox>
  );
});
