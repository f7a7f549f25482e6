'use client';

import { Ellipsis } from 'lucide-react';
import { buttonVariants } from '@/components/ui/button-variants';
import { useOnDemand } from '@/components/ui/use-on-demand';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { cn } from '@/lib/utils/cn';

const loadBox = () => import('./row-menu-box').then((file) => file.RowMenuBox);

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
  const props = {
    type: 'button',
    'aria-label': `Actions for ${row.name}`,
    'aria-haspopup': 'menu',
    tabIndex,
    className: cn(buttonVariants({ variant: 'ghost', size: 'icon' }), 'size-7', className),
  } as const;
  const mark = <Ellipsis aria-hidden="true" className="size-4" />;
  if (Box) return <Box row={row} trigger={<button {...props}>{mark}</button>} />;
  return (
    <button {...props} aria-expanded={false} onPointerEnter={reach} onFocus={reach} onClick={() => open()}>
      {mark}
    </button>
  );
}
