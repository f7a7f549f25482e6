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
import { KeyValueList } from '@/components/ui/key-value-list';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toaster';
import { keyUseQuery, useDeleteKey } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { KeyUse } from '@/lib/domain/keys/key-use';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { formatDay, formatMonth, formatRelative } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';
import { ChangeFailure } from './change-failure';
import { GentlerWay } from './gentler-way';
import { useChangeWatch } from './use-change-watch';

interface DeleteKeyDialogProps {
  row: KeyRow;
  onClose: () => void;
}

function describeUse(use: KeyUse): string {
  const today =
    use.requestsToday === null
      ? 'Today was not read yet, so its requests are not known.'
      : `${formatPlural(use.requestsToday, 'request')} today`;
  const last = use.lastUsedAt
    ? `the last one ${formatRelative(use.lastUsedAt, Date.now())}`
    : use.lastUsedDay
      ? `last used on ${formatDay(use.lastUsedDay)}`
      : null;
  return use.requestsToday === null ? today : `${[today, last].filter(Boolean).join(', ')}.`;
}

function UseNotice({ use }: { use: KeyUse }) {
  const models = use.models.length > 0 ? ` Models: ${use.models.slice(0, 4).join(', ')}.` : '';
  if (!use.isInUse) {
    const when = use.lastUsedDay ? `Last used on ${formatDay(use.lastUsedDay)}.` : 'No use of it is known.';
    return <Notice tone="info">{when}</Notice>;
  }
  return (
    <Notice tone="bad" title={use.requestsToday === null ? 'This key may be in use.' : 'This key is in use.'}>
      {describeUse(use)} Whatever runs on it will fail.{models}
    </Notice>
  );
}

/** What still uses the key, what stays, the way that hurts less, and the typed name. */
export function DeleteKeyDialog({ row: liveRow, onClose }: DeleteKeyDialogProps) {
  const [row] = useState(liveRow);
  const [typedName, setTypedName] = useState('');
  const { data: use, error: useError } = useQuery(keyUseQuery(row.id));
  const remove = useDeleteKey();
  const needsName = use?.isInUse ?? true;
  const isReady = use !== undefined && (!needsName || typedName.trim() === row.name);
  const watch = useChangeWatch(remove.error);

  function close() {
    watch.leave();
    onClose();
  }

  async function deleteForGood() {
    try {
      await remove.mutateAsync({ keyId: row.id, typedName });
      toast(`${row.name} was deleted. Its history stays.`);
      onClose();
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen || remove.isPending ? undefined : close())}>
      <AlertDialogContent
        title={`Delete “${row.name}”?`}
        description={`${row.connection.providerName} revokes the key at once. This cannot be undone, and the same secret can never be issued again.`}
      >
        {use ? <UseNotice use={use} /> : useError ? null : <Skeleton className="h-16" />}
        <KeyValueList
          items={[
            {
              label: 'Owner',
              value: [row.owner?.name ?? 'Unowned', row.team?.name].filter(Boolean).join(', '),
            },
            {
              label: `Spend in ${formatMonth(new Date())}`,
              value: use ? formatUsd(use.monthSpend) : formatUsd(row.monthSpend),
            },
            { label: 'Spend history and audit trail', value: 'kept' },
          ]}
        />
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
            onClick={() => void deleteForGood()}
          >
            Delete key
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
