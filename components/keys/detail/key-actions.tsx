'use client';

import { ChevronDown } from 'lucide-react';
import { type RefObject, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { buttonVariants } from '@/components/ui/button-variants';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import type { Support } from '@/lib/domain/connections/capabilities';
import { isLive } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { useStopKey } from '../use-stop-key';

/** What the role of the person allows on a key; computed on the server from the permission table. */
export type KeyAbilities = {
  readonly update: boolean;
  readonly delete: boolean;
  readonly assign: boolean;
  readonly ask: boolean;
  readonly readAudit: boolean;
  readonly readConnections: boolean;
};

export type KeyActKind = 'limit' | 'rename' | 'labels' | 'expiry' | 'assign' | 'rotate' | 'delete';

interface KeyActionsProps {
  row: KeyRow;
  can: KeyAbilities;
  /** `opener` gets the focus back when the dialog closes. */
  onAct: (kind: KeyActKind, opener: HTMLElement | null) => void;
}

function StopButton({ row }: { row: KeyRow }) {
  const { label, stop, enable, isPending } = useStopKey(row);
  const { disable } = row.connection.capabilities;
  // The banner takes a deletion back.
  if (row.status === 'deleting') return null;
  if (disable.can && row.isDisabled) {
    return (
      <Button pending={isPending} pendingText="Enabling…" onClick={() => void enable()}>
        Enable
      </Button>
    );
  }
  if (label === null) return null;
  return (
    <Button
      pending={isPending}
      pendingText="Stopping…"
      title={disable.can ? undefined : disable.reason}
      onClick={() => void stop()}
    >
      {label}
    </Button>
  );
}

interface ActItemProps {
  label: string;
  support: Support;
  onSelect: () => void;
}

/** An act that the provider lacks stays in the menu, greyed, with the reason. */
function ActItem({ label, support, onSelect }: ActItemProps) {
  if (support.can) return <DropdownMenuItem onSelect={onSelect}>{label}…</DropdownMenuItem>;
  return (
    <DropdownMenuItem
      aria-disabled="true"
      onSelect={(event) => event.preventDefault()}
      className="max-w-72 cursor-not-allowed flex-col items-start gap-0 text-muted"
    >
      <span>{label}</span>
      <span className="text-xs">{support.reason}</span>
    </DropdownMenuItem>
  );
}

interface MoreMenuProps extends KeyActionsProps {
  triggerRef: RefObject<HTMLButtonElement | null>;
}

function MoreMenu({ row, can, onAct, triggerRef }: MoreMenuProps) {
  const { rename, labels, expiryLater } = row.connection.capabilities;
  const open = (kind: KeyActKind) => onAct(kind, triggerRef.current);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger ref={triggerRef} className={buttonVariants()}>
        More
        <ChevronDown aria-hidden="true" className="size-3.5" />
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {can.update ? (
          <>
            <ActItem label="Rename" support={rename} onSelect={() => open('rename')} />
            <ActItem label="Edit labels" support={labels} onSelect={() => open('labels')} />
            <ActItem label="Set expiry" support={expiryLater} onSelect={() => open('expiry')} />
          </>
        ) : null}
        {can.assign ? (
          <DropdownMenuItem onSelect={() => open('assign')}>Assign team and owner…</DropdownMenuItem>
        ) : null}
        {can.delete && !row.isOwnKey && row.status !== 'deleting' ? (
          <>
            {row.isBeingRetired ? null : (
              <DropdownMenuItem onSelect={() => open('rotate')}>Rotate…</DropdownMenuItem>
            )}
            <DropdownMenuSeparator />
            <DropdownMenuItem tone="danger" onSelect={() => open('delete')}>
              Delete…
            </DropdownMenuItem>
          </>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** What can be done with this key, as far as its provider and the person's role allow it. */
export function KeyActions({ row, can, onAct }: KeyActionsProps) {
  const menuRef = useRef<HTMLButtonElement>(null);
  if (!isLive(row.status)) return null;
  if (row.connection.state !== 'active') {
    // What is Keyward's own can be changed while the connection rests.
    return can.assign ? (
      <Button onClick={(event) => onAct('assign', event.currentTarget)}>Assign team and owner</Button>
    ) : null;
  }
  return (
    <>
      {can.update || can.assign || can.delete ? (
        <MoreMenu row={row} can={can} onAct={onAct} triggerRef={menuRef} />
      ) : null}
      {can.update ? (
        <>
          <StopButton row={row} />
          <Button variant="primary" onClick={(event) => onAct('limit', event.currentTarget)}>
            Edit limit
          </Button>
        </>
      ) : null}
    </>
  );
}
