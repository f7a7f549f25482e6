'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { isLive } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { useStopKey } from '../use-stop-key';
import { useUndoDelete } from '../use-undo-delete';
import { useKeyTable } from './table-context';

function ChangeItems({ row }: { row: KeyRow }) {
  const { openDialog, can } = useKeyTable();
  const { label, stop, enable } = useStopKey(row);
  const { undo } = useUndoDelete(row);
  const { capabilities } = row.connection;
  const isDeleting = row.status === 'deleting';
  const open = (kind: 'limit' | 'rename' | 'labels' | 'expiry' | 'assign') => openDialog({ kind, row });
  return (
    <>
      {can.update ? (
        <>
          {capabilities.disable.can && row.isDisabled && !isDeleting ? (
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
      {can.delete && !row.isOwnKey ? (
        <>
          {row.isBeingRetired ? null : (
            <DropdownMenuItem onSelect={() => openDialog({ kind: 'rotate', row })}>Rotate…</DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          {isDeleting ? (
            <DropdownMenuItem onSelect={() => void undo()}>Undo deletion</DropdownMenuItem>
          ) : (
            <DropdownMenuItem tone="danger" onSelect={() => openDialog({ kind: 'delete', row })}>
              Delete…
            </DropdownMenuItem>
          )}
        </>
      ) : null}
    </>
  );
}

/** Loaded by `RowMenu`. */
export function RowMenuBox({ row, trigger }: { row: KeyRow; trigger: ReactNode }) {
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
