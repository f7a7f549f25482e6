'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogFooter,
} from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toaster';
import { deleteGraceQuery } from '@/lib/client/deletions';
import { keyUseQuery, useDeleteKey } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { deleteAfterOf } from '@/lib/domain/keys/delete-grace';
import type { DeletedKey } from '@/lib/domain/keys/deleted-key';
import type { KeyUse, LastHour } from '@/lib/domain/keys/key-use';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { formatDay } from '@/lib/utils/format-date';
import { ChangeFailure } from './change-failure';
import { GentlerWay } from './gentler-way';
import { KeyBlastRadius, useLastHour } from './key-blast-radius';
import { useChangeWatch } from './use-change-watch';
import { useUndoDelete } from './use-undo-delete';

interface DeleteKeyDialogProps {
  row: KeyRow;
  onClose: () => void;
}

/** Whether there is a way back, and how long. */
function useConsequence({ connection }: KeyRow): string {
  const { data: grace } = useQuery(deleteGraceQuery);
  if (!connection.capabilities.disable.can) {
    return `This is final: ${connection.providerName} revokes the key at once, and the same secret can never be issued again.`;
  }
  const when = grace ? `on ${formatDay(deleteAfterOf(new Date(), grace))}` : 'after the grace period';
  return `It is disabled now and deleted for good ${when}. Until then one click undoes it.`;
}

function UseNotice({ use, hour }: { use: KeyUse; hour: LastHour | null | undefined }) {
  const isUsedNow = (hour?.requests ?? 0) > 0;
  if (!use.isInUse && !isUsedNow) return null;
  const isKnown = use.requestsToday !== null || isUsedNow;
  return (
    <Notice tone="bad" title={isKnown ? 'This key is in use.' : 'This key may be in use.'}>
      Whatever runs on it will fail.
    </Notice>
  );
}

function useDelete(row: KeyRow, onClose: () => void) {
  const remove = useDeleteKey();
  const { undo } = useUndoDelete(row);
  function tell(deleted: DeletedKey) {
    if (deleted.kind === 'deleted') toast(`${row.name} was deleted. Its history stays.`);
    else {
      toast(`${row.name} is disabled, and deleted on ${formatDay(deleted.deleteAfter)}.`, {
        action: { label: 'Undo', onClick: () => void undo() },
      });
    }
  }
  async function submit(typedName: string) {
    try {
      tell(await remove.mutateAsync({ keyId: row.id, typedName }));
      onClose();
    } catch {
      // Told in the dialog, from the mutation's own error.
    }
  }
  return { submit, isPending: remove.isPending, error: remove.error };
}

/** What still uses the key, whether there is a way back, the way that hurts less, and the typed name. */
export function DeleteKeyDialog({ row: liveRow, onClose }: DeleteKeyDialogProps) {
  const [row] = useState(liveRow);
  const [typedName, setTypedName] = useState('');
  const { data: use, error: useError } = useQuery(keyUseQuery(row.id));
  const hour = useLastHour(row.id);
  const remove = useDelete(row, onClose);
  const consequence = useConsequence(row);
  const needsName = (use?.isInUse ?? true) || (hour?.requests ?? 0) > 0;
  const isReady = use !== undefined && (!needsName || typedName.trim() === row.name);
  const watch = useChangeWatch(remove.error);

  function close() {
    watch.leave();
    onClose();
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen || remove.isPending ? undefined : close())}>
      <AlertDialogContent title={`Delete “${row.name}”?`} description={consequence}>
        {use ? <UseNotice use={use} hour={hour} /> : null}
        {use?.hasWaitingHandOver ? (
          <Notice tone="warn" title="Its secret was not picked up yet.">
            The link to it is withdrawn for good, also when the deletion is undone.
          </Notice>
        ) : null}
        {use ? (
          <KeyBlastRadius row={row} use={use} hour={hour} />
        ) : useError ? null : (
          <Skeleton className="h-40" />
        )}
        {use && needsName ? (
          <Field label="Type the key's name to confirm">
            <Input
              value={typedName}
              onChange={(event) => setTypedName(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
        ) : null}
        {useError ? (
          <Notice tone="bad" live="assertive" title="What uses the key could not be read.">
            {outcomeErrorOf(useError).message}
          </Notice>
        ) : null}
        <ChangeFailure failure={remove.error} title="The key was not deleted." />
        <AlertDialogFooter note={watch.isBlocked ? null : <GentlerWay row={row} onDone={onClose} />}>
          <AlertDialogCancel disabled={remove.isPending} />
          <Button
            variant="danger"
            disabled={!isReady || watch.isBlocked}
            pending={remove.isPending}
            pendingText="Deleting…"
            onClick={() => void remove.submit(typedName)}
          >
            Delete key
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
