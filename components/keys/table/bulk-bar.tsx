'use client';

import { X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { BulkAction } from '@/lib/domain/bulk/bulk-action';
import { formatCount, formatPlural } from '@/lib/utils/format-number';
import { useKeyTable } from './table-context';

export interface BulkBarProps {
  count: number;
  /** Selected keys that the filters hide. */
  hidden: number;
  shown: number;
  isEveryShown: boolean;
  onSelectShown: () => void;
  onClear: () => void;
  onBulk: (kind: BulkAction['kind']) => void;
}

/** What can be done with the selected keys; each way first shows what it would change. */
export function BulkBar({
  count,
  hidden,
  shown,
  isEveryShown,
  onSelectShown,
  onClear,
  onBulk,
}: BulkBarProps) {
  const { can } = useKeyTable();
  return (
    <section
      aria-label="Selected keys"
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 rounded-panel border border-line-strong bg-panel px-3 py-2 shadow-float md:static md:shadow-none"
    >
      <span role="status" className="mr-1">
        <strong className="font-semibold">{formatPlural(count, 'key')}</strong> selected
        {hidden > 0 ? (
          <span className="text-muted">, {formatCount(hidden)} not shown by the filters</span>
        ) : null}
      </span>
      {isEveryShown ? null : (
        <Button variant="link" size="sm" onClick={onSelectShown}>
          Select all {formatCount(shown)} shown
        </Button>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2 max-md:ml-0">
        {can.update ? (
          <>
            <Button onClick={() => onBulk('set_limit')}>Set limit…</Button>
            <Button onClick={() => onBulk('disable')}>Disable…</Button>
            <Button onClick={() => onBulk('enable')}>Enable…</Button>
          </>
        ) : null}
        {can.assign ? <Button onClick={() => onBulk('assign')}>Assign…</Button> : null}
        {can.delete ? <Button onClick={() => onBulk('delete')}>Delete…</Button> : null}
        <Button variant="ghost" size="icon" aria-label="Clear the selection" onClick={onClear}>
          <X aria-hidden="true" className="size-4" />
        </Button>
      </div>
    </section>
  );
}
