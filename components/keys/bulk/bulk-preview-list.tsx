'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { Badge } from '@/components/ui/badge';
import type { BulkPreviewRow } from '@/lib/domain/bulk/bulk-view';
import type { Assignees } from '@/lib/domain/keys/assignees';
import { BulkChange } from './bulk-change';

const ITEM_HEIGHT = 46;

function RowLine({ row, people }: { row: BulkPreviewRow; people: Assignees | undefined }) {
  const isSkipped = row.wish === null;
  return (
    <>
      <div className="min-w-0 flex-1">
        <span className={isSkipped ? 'block truncate text-muted' : 'block truncate font-medium'}>
          {row.name}
          <span className="font-normal text-muted text-xs"> · {row.connectionName}</span>
        </span>
        <span className="block truncate text-muted text-xs" title={row.words}>
          {row.words}
        </span>
      </div>
      {row.wish === null ? (
        <Badge>Skipped</Badge>
      ) : (
        <BulkChange before={row.before} wish={row.wish} people={people} className="shrink-0 text-right" />
      )}
    </>
  );
}

interface BulkPreviewListProps {
  rows: readonly BulkPreviewRow[];
  people: Assignees | undefined;
  /** Another preview is on its way. */
  isOld: boolean;
}

/** Every key before and after, with what it means; what is left as it is stands last, with the reason. */
export function BulkPreviewList({ rows, people, isOld }: BulkPreviewListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const ordered = useMemo(
    () => [...rows.filter(({ wish }) => wish !== null), ...rows.filter(({ wish }) => wish === null)],
    [rows],
  );
  const virtualizer = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ITEM_HEIGHT,
    overscan: 5,
  });
  return (
    <section
      ref={scrollRef}
      aria-label="What will change"
      aria-busy={isOld}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
      className="max-h-[320px] min-h-24 shrink-0 overflow-y-auto rounded-control border border-line text-sm aria-busy:opacity-60"
    >
      <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = ordered[index];
          if (!row) return null;
          return (
            <li
              key={row.keyId}
              aria-posinset={index + 1}
              aria-setsize={ordered.length}
              className="absolute inset-x-0 top-0 flex items-center gap-3 border-line border-b px-3"
              style={{ height: ITEM_HEIGHT, transform: `translateY(${start}px)` }}
            >
              <RowLine row={row} people={people} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
