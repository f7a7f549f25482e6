'use client';

import { memo } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { type KeyColumnId, keyColumn } from '@/lib/domain/keys/key-columns';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { cn } from '@/lib/utils/cn';
import { ROW_HEIGHT } from './grid-columns';
import { GridBox } from './grid-parts';
import { KeyCell } from './key-cells';
import { RowMenu } from './row-menu';
import { useKeyTable } from './table-context';
import { useRowGlow } from './use-row-glow';

export interface GridRowProps {
  row: KeyRow;
  index: number;
  /** Pixels from the top of the rows. */
  top: number;
  columns: readonly KeyColumnId[];
  template: string;
  isActive: boolean;
  isSelected: boolean;
  isSelectable: boolean;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, index, top, columns, template, isActive, isSelected, isSelectable } = props;
  const { toggleSelected } = useKeyTable();
  const { isGlowing, onGlowEnd } = useRowGlow(row);
  const tabIndex = isActive ? 0 : -1;
  return (
    <GridBox
      part="row"
      data-key-id={row.id}
      aria-rowindex={index + 2}
      aria-selected={isSelectable ? isSelected : undefined}
      tabIndex={tabIndex}
      onAnimationEnd={onGlowEnd}
      className={cn(
        'group absolute inset-x-0 grid items-center border-line border-b bg-panel text-sm hover:bg-paper focus-visible:z-10 focus-visible:outline-offset-[-2px]',
        isSelected && 'bg-accent-soft hover:bg-accent-soft',
        isGlowing && 'animate-row-glow',
      )}
      style={{ gridTemplateColumns: template, height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
    >
      <GridBox part="cell" className="flex justify-center">
        {isSelectable ? (
          <Checkbox
            aria-label={`Select ${row.name}`}
            checked={isSelected}
            tabIndex={tabIndex}
            onChange={(event) => {
              const { nativeEvent } = event;
              toggleSelected(row.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
            }}
          />
        ) : null}
      </GridBox>
      {columns.map((id) => (
        <GridBox
          key={id}
          part="cell"
          className={cn('flex min-w-0 items-center px-2.5', keyColumn(id).isNumber && 'justify-end')}
        >
          <KeyCell column={id} row={row} tabIndex={tabIndex} />
        </GridBox>
      ))}
      <GridBox part="cell" className="sticky right-0 flex h-full items-center justify-center bg-inherit">
        <RowMenu row={row} tabIndex={tabIndex} />
      </GridBox>
    </GridBox>
  );
});
