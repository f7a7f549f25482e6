'use client';

import { useState } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { useOnDemand } from '@/components/ui/use-on-demand';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { cn } from '@/lib/utils/cn';

const loadBox = () => import('./row-menu-box').then((file) => file.RowMenuBox);

/** Shared by all rows, and of one line, so that it costs each of them next to nothing. */
const MARK = (
  <svg aria-hidden="true" viewBox="0 0 24 24" className="size-4">
    <path d="M5 12h.01M12 12h.01M19 12h.01" stroke="currentColor" strokeWidth={4} strokeLinecap="round" />
  </svg>
);

const LOOK = cn(buttonVariants({ variant: 'ghost', size: 'icon' }), 'size-7');

export interface RowMenuProps {
  row: KeyRow;
  tabIndex?: number;
  className?: string;
}

/**
 * What can be done with a key. The menu is loaded and built when it is first opened: rows come and go with every
 * keystroke in the search box.
 */
export function RowMenu({ row, tabIndex, className }: RowMenuProps) {
  const { Loaded: Box, reach, open } = useOnDemand(loadBox);
  const [openedFor, setOpenedFor] = useState<number | null>(null);
  // A drawn row may be taken over by another key, whose menu nobody opened.
  if (openedFor !== null && openedFor !== row.id) setOpenedFor(null);
  const props = {
    type: 'button',
    'aria-label': `Actions for ${row.name}`,
    'aria-haspopup': 'menu',
    tabIndex,
    className: className === undefined ? LOOK : cn(LOOK, className),
  } as const;
  if (Box && openedFor === row.id) return <Box row={row} trigger={<button {...props}>{MARK}</button>} />;
  return (
    <button
      {...props}
      aria-expanded={false}
      onPointerEnter={reach}
      onFocus={reach}
      onClick={() => open(() => setOpenedFor(row.id))}
    >
      {MARK}
    </button>
  );
}
