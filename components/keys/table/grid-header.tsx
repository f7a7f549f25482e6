'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { type KeyColumnId, keyColumn } from '@/lib/domain/keys/key-columns';
import { type KeySort, nextKeySort } from '@/lib/domain/keys/key-sort';
import { cn } from '@/lib/utils/cn';
import { formatCount } from '@/lib/utils/format-number';
import { columnHeading } from './grid-columns';
import { GridBox } from './grid-parts';

export interface GridHeaderProps {
  columns: readonly KeyColumnId[];
  month: string;
  sort: KeySort;
  onSort: (sort: KeySort) => void;
  /** How many of the rows are selected; null where nothing can be. */
  selected: 'none' | 'some' | 'all' | null;
  rowCount: number;
  onToggleAll: () => void;
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

export const GridHeader = memo(function GridHeader(props: GridHeaderProps) {
  const { columns, month, sort, onSort, selected, rowCount, onToggleAll } = props;
  return (
    <GridBox part="group" className="sticky top-0 z-20 border-line border-b bg-panel">
      <GridBox
        part="row"
        aria-rowindex={1}
        className="grid h-9 grid-cols-(--key-columns) items-center text-muted text-xs"
      >
        <GridBox part="head" className="flex justify-center">
          {selected ? (
            <Checkbox
              aria-label={`Select all ${formatCount(rowCount)} keys shown`}
              checked={selected === 'all'}
              indeterminate={selected === 'some'}
              disabled={rowCount === 0}
              onChange={onToggleAll}
            />
          ) : (
            <span className="sr-only">Spacer</span>
          )}
        </GridBox>
        {columns.map((id) => {
          const direction = sort.column === id ? sort.direction : null;
          const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
          return (
            <GridBox
              key={id}
              part="head"
              aria-sort={direction ? ariaSort[direction] : 'none'}
              className={cn('flex min-w-0 px-2.5', keyColumn(id).isNumber && 'justify-end')}
            >
              <button
                type="button"
                onClick={() => onSort(nextKeySort(sort, id))}
                className={cn(
                  'inline-flex h-6 min-w-0 items-center gap-1 whitespace-nowrap rounded-tag hover:text-ink',
                  direction && 'font-semibold text-ink',
                )}
              >
                <span className="truncate">{columnHeading(id, month)}</span>
                {direction ? <Arrow aria-hidden="true" className="size-3 shrink-0" /> : null}
              </button>
            </GridBox>
          );
        })}
        <GridBox part="head" className="sticky right-0 h-full bg-panel">
          <span className="sr-only">Actions</span>
        </GridBox>
      </GridBox>
    </GridBox>
  );
});
