'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import { RemoveConnectionDialog } from './remove-connection-dialog';
import { RenameConnectionDialog } from './rename-connection-dialog';
import { ReplaceKeyDialog } from './replace-key-dialog';
import { usePauseConnection } from './use-pause-connection';

type OpenDialog = 'rename' | 'replace' | 'remove' | null;

/** What an admin can do with a connection. */
export function ConnectionActions({ connection }: { connection: ConnectionView }) {
  const [open, setOpen] = useState<OpenDialog>(null);
  const pause = usePauseConnection(connection);
  const close = () => setOpen(null);
  return (
    <>
      <Button onClick={() => setOpen('replace')}>Replace key</Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button pending={pause.isPending} pendingText={pause.pendingLabel}>
            More
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => setOpen('rename')}>Rename</DropdownMenuItem>
          <DropdownMenuItem onSelect={() => void pause.run()}>{pause.label}</DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" onSelect={() => setOpen('remove')}>
            Remove
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {open === 'rename' ? <RenameConnectionDialog connection={connection} onClose={close} /> : null}
      {open === 'replace' ? <ReplaceKeyDialog connection={connection} onClose={close} /> : null}
      {open === 'remove' ? <RemoveConnectionDialog connection={connection} onClose={close} /> : null}
    </>
  );
}
