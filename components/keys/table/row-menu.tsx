'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { isLive } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { cn } from '@/lib/utils/cn';
import { useStopKey } from '../use-stop-key';
import { useKeyTable } from './table-context';

function ChangeItems({ row }: { row: KeyRow }) {
  const { openDialog, can } = useKeyTable();
  const { label, stop, enable } = useStopKey(row);
  const { capabilities } = row.connection;
  const open = (kind: 'limit' | 'rename' | 'labels' | 'expiry' | 'assign') => openDialog({ kind, row });
  return (
    <>
      {can.update ? (
        <>
          {capabilities.disable.can && row.isDisabled ? (
            <DropdownMenuItem onSelect={() => void enable()}>Enable</DropdownMenuItem>
          ) : null}
          {label === null ? null : (
            <DropdownMenuItem
              title={capabilities.disable.can ? undefined : capabilities.disable.reason}
              onSelect={() => void stop()}
            >
              {label}
            </DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => open('limit')}>Edit limit…</DropdownMenuItem>
          {capabilities.rename.can ? (
            <DropdownMenuItem onSelect={() => open('rename')}>Rename…</DropdownMenuItem>
          ) : null}
          {capabilities.labels.can ? (
            <DropdownMenuItem onSelect={() => open('labels')}>Edit labels…</DropdownMenuItem>
          ) : null}
          {capabilities.expiryLater.can ? (
            <DropdownMenuItem onSelect={() => open('expiry')}>Set expiry…</DropdownMenuItem>
          ) : null}
        </>
      ) : null}
      {can.assign ? (
        <DropdownMenuItem onSelect={() => open('assign')}>Assign team and owner…</DropdownMenuItem>
      ) : null}
      {can.delete ? (
        <>
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" onSelect={() => openDialog({ kind: 'delete', row })}>
            Delete…
          </DropdownMenuItem>
        </>
      ) : null}
    </>
  );
}

export interface RowMenuProps {
  row: KeyRow;
  tabIndex?: number;
  className?: string;
}

function BuiltMenu({ row, trigger }: { row: KeyRow; trigger: ReactNode }) {
  const { can } = useKeyTable();
  const isChangeable =
    isLive(row.status) && row.connection.state === 'active' && (can.update || can.delete || can.assign);
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem asChild>
          <Link href={`/keys/${row.id}`} prefetch={false}>
            Open key
          </Link>
        </DropdownMenuItem>
        {isChangeable ? <ChangeItems row={row} /> : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/**
 * What can be done with a key; what its provider cannot do is not offered. The menu is built when it is first
 * opened: rows come and go with every keystroke in the search box.
 */
export function RowMenu({ row, tabIndex, className }: RowMenuProps) {
  const [isBuilt, setIsBuilt] = useState(false);
  const props = {
    type: 'button',
    'aria-label': `Actions for ${row.name}`,
    'aria-haspopup': 'menu',
    tabIndex,
    className: cn(buttonVariants({ variant: 'ghost', size: 'icon' }), 'size-7', className),
  } as const;
  const mark = <Ellipsis aria-hidden="true" className="size-4" />;
  if (isBuilt) return <BuiltMenu row={row} trigger={<button {...props}>{mark}</button>} />;
  return (
    <button {...props} aria-expanded={false} onClick={() => setIsBuilt(true)}>
      {mark}
    </button>
  );
}
