import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/utils/cn';

/** Some browsers drop table semantics when CSS changes the display, which the cards of small screens do. */
const roles = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  cell: { role: 'cell' },
  head: { role: 'columnheader' },
} as const;

export interface TableProps extends ComponentProps<'table'> {
  'aria-label'?: string;
  /** Under 640 px rows become cards; give each `Td` its `label`. */
  cards?: boolean;
  frameClassName?: string;
}

export function Table({ cards = false, className, frameClassName, ...props }: TableProps) {
  return (
    <div className={cn('relative overflow-x-auto rounded-panel border border-line bg-panel', frameClassName)}>
      <table
        {...props}
        {...roles.table}
        className={cn('w-full border-collapse text-left text-sm', cards && 'table-cards', className)}
      />
    </div>
  );
}

export function THead(props: ComponentProps<'thead'>) {
  return <thead {...props} {...roles.group} />;
}

export function TBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody {...props} {...roles.group} className={cn('[&>tr:last-child]:border-b-0', className)} />;
}

export interface TrProps extends ComponentProps<'tr'> {
  selected?: boolean;
  /** Glows once: this row just changed. */
  changed?: boolean;
}

export function Tr({ selected, changed, className, ...props }: TrProps) {
  return (
    <tr
      {...props}
      {...roles.row}
      aria-selected={selected}
      className={cn(
        'border-line border-b',
        selected && 'bg-accent-soft/45',
        changed && 'animate-row-glow',
        className,
      )}
    />
  );
}

export type SortDirection = 'asc' | 'desc';

export interface ThProps extends Omit<ComponentProps<'th'>, 'align'> {
  align?: 'left' | 'right';
  /** `null` when it can be sorted and is not. */
  sort?: SortDirection | null;
  onSort?: () => void;
}

export function Th({ align = 'left', sort, onSort, className, children, ...props }: ThProps) {
  const ariaSort = sort === undefined ? undefined : sort === null ? 'none' : (`${sort}ending` as const);
  return (
    <th
      scope="col"
      {...props}
      {...roles.head}
      aria-sort={ariaSort}
      className={cn(
        'h-9 whitespace-nowrap px-2.5 font-normal text-muted text-xs',
        align === 'right' && 'text-right',
        className,
      )}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={cn(
            'inline-flex items-center gap-1 rounded-tag hover:text-ink',
            sort && 'font-semibold text-ink',
          )}
        >
          {children}
          <SortMark sort={sort ?? null} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}

function SortMark({ sort }: { sort: SortDirection | null }): ReactNode {
  if (sort === null) return null;
  const Mark = sort === 'asc' ? ArrowUp : ArrowDown;
  return <Mark aria-hidden="true" className="size-3" />;
}

export interface TdProps extends Omit<ComponentProps<'td'>, 'align'> {
  align?: 'left' | 'right';
  /** The heading this cell carries when the row is a card. */
  label?: string;
}

export function Td({ align = 'left', label, className, ...props }: TdProps) {
  return (
    <td
      {...props}
      {...roles.cell}
      data-label={label}
      className={cn('h-11 px-2.5 py-1 align-middle', align === 'right' && 'text-right', className)}
    />
  );
}
