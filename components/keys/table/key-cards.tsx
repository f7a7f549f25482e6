'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import { ProviderMark } from '@/components/layout/provider-mark';
import { Checkbox } from '@/components/ui/checkbox';
import { Money } from '@/components/ui/money';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { cn } from '@/lib/utils/cn';
import { lastUsed, nameDetail, statusBadge } from './key-cells';
import { LimitCell } from './limit-cell';
import { RowMenu } from './row-menu';
import { useKeyTable } from './table-context';
import { useRowGlow } from './use-row-glow';
import type { KeySelection } from './use-selection';

const CARD_HEIGHT = 138;

interface KeyCardProps {
  row: KeyRow;
  month: string;
  isSelectable: boolean;
  isSelected: boolean;
}

const KeyCard = memo(function KeyCard({ row, month, isSelectable, isSelected }: KeyCardProps) {
  const table = useKeyTable();
  const { isGlowing, onGlowEnd } = useRowGlow(row);
  return (
    <article
      aria-label={row.name}
      onAnimationEnd={onGlowEnd}
      className={cn(
        'flex flex-col gap-2 border-line border-b bg-panel px-3.5 py-3 text-sm',
        isSelected && 'bg-accent-soft',
        isGlowing && 'animate-row-glow',
      )}
      style={{ height: CARD_HEIGHT }}
    >
      <div className="flex items-start gap-2.5">
        {isSelectable ? (
          <Checkbox
            aria-label={`Select ${row.name}`}
            checked={isSelected}
            onChange={() => table.toggleSelected(row.id, false)}
            className="mt-0.5"
          />
        ) : null}
        <div className="min-w-0 flex-1 leading-[17px]">
          <Link
            href={`/keys/${row.id}`}
            prefetch={false}
            title={row.name}
            className="block truncate rounded-tag font-semibold hover:underline"
          >
            {row.name}
          </Link>
          {nameDetail(row)}
        </div>
        {statusBadge({ row, table })}
        <RowMenu row={row} className="-my-1.5 -mr-1.5 size-8" />
      </div>
      <div className="flex items-end justify-between gap-3">
        <LimitCell row={row} table={table} tabIndex={0} />
        <span className="text-right leading-[17px]">
          <Money amount={row.monthSpend} className="font-semibold" />
          <span className="block text-2xs text-muted">
            in {month}
            {row.isMonthShared ? ', while yours' : null}
          </span>
        </span>
      </div>
      <div className="mt-auto flex min-w-0 items-center gap-2 text-muted text-xs">
        <ProviderMark initial={row.connection.initial} />
        <span className="min-w-0 truncate">
          {row.connection.name} · {row.team?.name ?? <span className="text-warn">No team</span>} ·{' '}
          {row.owner ? row.owner.name : <span className="text-warn">No owner</span>}
        </span>
        <span className="ml-auto shrink-0">{lastUsed({ row, table })}</span>
      </div>
    </article>
  );
});

export interface KeyCardsProps {
  rows: readonly KeyRow[];
  /** The name of the month that the spend belongs to. */
  month: string;
  selection: KeySelection;
}

/** The table on a phone: one readable card a key, still virtual, scrolled with the page. */
export function KeyCards({ rows, month, selection }: KeyCardsProps) {
  const { can } = useKeyTable();
  const listRef = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);

  useLayoutEffect(() => {
    const list = listRef.current;
    if (list) setOffset(list.getBoundingClientRect().top + window.scrollY);
  }, []);

  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => CARD_HEIGHT,
    overscan: 4,
    scrollMargin: offset,
  });
  return (
    <ul
      ref={listRef}
      aria-label="Keys"
      className="relative overflow-hidden rounded-panel border border-line bg-panel"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index];
        if (!row) return null;
        return (
          <li
            key={row.id}
            aria-posinset={item.index + 1}
            aria-setsize={rows.length}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${item.start - offset}px)` }}
          >
            <KeyCard
              row={row}
              month={month}
              isSelectable={can.update || can.assign}
              isSelected={selection.has(row.id)}
            />
          </li>
        );
      })}
    </ul>
  );
}
