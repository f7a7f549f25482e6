'use client';

import { useCallback, useMemo, useRef, useState } from 'react';
import type { KeyRow } from '@/lib/domain/keys/keys-table';

export type KeySelection = {
  readonly ids: ReadonlySet<number>;
  readonly has: (id: number) => boolean;
  readonly stateOf: (rows: readonly KeyRow[]) => 'none' | 'some' | 'all';
  /** Selects all of these rows, or lets go of them when all were selected. */
  readonly toggleAll: (rows: readonly KeyRow[]) => void;
  readonly clear: () => void;
  /** With `isRange`, everything from the last one that was chosen to this one, in the order shown. */
  readonly toggle: (id: number, isRange: boolean) => void;
};

const NONE: ReadonlySet<number> = new Set();

/** Which keys are selected; it outlives filters, sorting and refetches. `shown` is what ranges run over. */
export function useSelection(shown: readonly KeyRow[]): KeySelection {
  const [ids, setIds] = useState<ReadonlySet<number>>(NONE);
  const anchor = useRef<number | null>(null);
  const rows = useRef(shown);
  rows.current = shown;

  const toggle = useCallback((id: number, isRange: boolean) => {
    const from = rows.current.findIndex((row) => row.id === anchor.current);
    const to = rows.current.findIndex((row) => row.id === id);
    anchor.current = id;
    setIds((before) => {
      const after = new Set(before);
      if (isRange && from >= 0 && to >= 0) {
        for (const row of rows.current.slice(Math.min(from, to), Math.max(from, to) + 1)) after.add(row.id);
      } else if (!after.delete(id)) {
        after.add(id);
      }
      return after;
    });
  }, []);
  const clear = useCallback(() => setIds(NONE), []);

  return useMemo(() => {
    const has = (id: number) => ids.has(id);
    const stateOf = (listed: readonly KeyRow[]) => {
      if (ids.size === 0 || listed.length === 0) return 'none';
      if (listed.every((row) => ids.has(row.id))) return 'all';
      return listed.some((row) => ids.has(row.id)) ? 'some' : 'none';
    };
    const toggleAll = (listed: readonly KeyRow[]) => {
      const isEvery = stateOf(listed) === 'all';
      setIds((before) => {
        const after = new Set(before);
        for (const row of listed) {
          if (isEvery) after.delete(row.id);
          else after.add(row.id);
        }
        return after;
      });
    };
    return { ids, has, stateOf, toggleAll, clear, toggle };
  }, [ids, clear, toggle]);
}
