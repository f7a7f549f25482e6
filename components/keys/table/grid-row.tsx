'use client';

import { Check } from 'lucide-react';
import { type ChangeEvent, memo } from 'react';
import type { KeyColumnId } from '@/lib/domain/keys/key-columns';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { ROW_HEIGHT } from './grid-columns';
import { GridBox, gridRoles } from './grid-parts';
import { keyCell } from './key-cells';
import { RowMenu } from './row-menu';
import type { KeyTableContextValue } from './table-context';
import { useRowGlow } from './use-row-glow';

export interface GridRowProps {
  row: KeyRow;
  table: KeyTableContextValue;
  index: number;
  columns: readonly KeyColumnId[];
  isActive: boolean;
  isSelected: boolean;
  isSelectable: boolean;
}

const ROW =
  'group contain-strict absolute inset-x-0 top-0 grid h-12 grid-cols-(--key-columns) items-center border-line border-b text-sm focus-visible:z-10 focus-visible:outline-offset-[-2px]';
const AT_REST = ' bg-panel hover:bg-paper';
const SELECTED = ' bg-accent-soft';

const BOX =
  "size-3.5 appearance-none rounded-[4px] border border-edge bg-panel checked:border-accent checked:bg-accent after:absolute after:-inset-1.5 after:content-['']";

/** A checkbox as everywhere, of the fewest elements: its mark is only drawn where it shows. */
function rowCheckbox({ row, table, isSelected }: GridRowProps, tabIndex: number) {
  const toggle = ({ nativeEvent }: ChangeEvent<HTMLInputElement>) =>
    table.toggleSelected(row.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
  return (
    <span className="relative inline-flex size-3.5 shrink-0">
      <input
        type="checkbox"
        aria-label={`Select ${row.name}`}
        checked={isSelected}
        tabIndex={tabIndex}
        onChange={toggle}
        className={BOX}
      />
      {isSelected ? (
        <Check
          aria-hidden="true"
          strokeWidth={3.5}
          className="pointer-events-none absolute inset-0 m-auto size-2.5 text-on-accent"
        />
      ) : null}
    </span>
  );
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, table, index, columns, isActive, isSelected, isSelectable } = props;
  const { isGlowing, onGlowEnd } = useRowGlow(row);
  const tabIndex = isActive ? 0 : -1;
  const facts = { row, table, tabIndex };
  return (
    <GridBox
      part="row"
      data-key-id={row.id}
      aria-rowindex={index + 2}
      aria-selected={isSelectable ? isSelected : undefined}
      tabIndex={tabIndex}
      onAnimationEnd={onGlowEnd}
      className={`${ROW}${isSelected ? SELECTED : AT_REST}${isGlowing ? ' animate-row-glow' : ''}`}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
    >
      <div {...gridRoles.cell} className="flex justify-center">
        {isSelectable ? rowCheckbox(props, tabIndex) : null}
      </div>
      {columns.map((id) => keyCell(id, facts))}
      <div {...gridRoles.cell} className="sticky right-0 flex h-full items-center justify-center bg-inherit">
        <RowMenu row={row} tabIndex={tabIndex} />
      </div>
    </GridBox>
  );
});
