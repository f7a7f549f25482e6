'use client';

import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import type { KeyRow } from '@/lib/domain/keys/keys-table';

export type GridKeysOptions = {
  readonly rows: readonly KeyRow[];
  readonly scroller: () => HTMLElement | null;
  readonly scrollToIndex: (index: number) => void;
  readonly pageSize: () => number;
  readonly onOpen: (row: KeyRow) => void;
  readonly onEdit: (row: KeyRow) => void;
  readonly onSelect: (row: KeyRow, isRange: boolean) => void;
  readonly onEscape: () => void;
};

function stepOf(key: string, at: number, count: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'PageDown':
      return Math.min(count - 1, at + page);
    case 'PageUp':
      return Math.max(0, at - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Keys of the grid. The row with the focus is kept by its id, so that a refetch or a filter does not move it. */
export function useGridKeys(options: GridKeysOptions) {
  const [activeId, setActiveId] = useState<number | null>(null);
  const latest = useRef(options);
  latest.current = options;

  const moveTo = useCallback((index: number) => {
    const { rows, scrollToIndex, scroller } = latest.current;
    const row = rows[index];
    if (!row) return;
    setActiveId(row.id);
    scrollToIndex(index);
    // The row may only be drawn after the scroll.
    requestAnimationFrame(() => {
      scroller()?.querySelector<HTMLElement>(`[data-key-id="${row.id}"]`)?.focus({ preventScroll: true });
    });
  }, []);

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      const element = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-key-id]') : null;
      if (!element) return;
      const { rows, pageSize, onOpen, onEdit, onSelect, onEscape } = latest.current;
      const index = rows.findIndex((item) => item.id === Number(element.dataset.keyId));
      const row = rows[index];
      if (!row) return;
      const to = stepOf(event.key, index, rows.length, pageSize());
      if (to !== null) {
        event.preventDefault();
        moveTo(to);
        return;
      }
      const isOnRow = target === element;
      if (event.key === 'Escape') onEscape();
      else if (event.key === 'e') onEdit(row);
      else if (event.key === 'Enter' && isOnRow) onOpen(row);
      else if (event.key === ' ' && isOnRow) onSelect(row, event.shiftKey);
      else return;
      event.preventDefault();
    },
    [moveTo],
  );

  return { activeId, setActiveId, moveTo, onKeyDown };
}
