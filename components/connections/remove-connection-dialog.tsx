'use client';

import { useRouter } from 'next/navigation';
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
import { toast } from '@/components/ui/toaster';
import { useRemoveConnection } from '@/lib/client/connections';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import { formatPlural } from '@/lib/utils/format-number';
import type { ConnectionDialogProps } from './rename-connection-dialog';
import { usePauseConnection } from './use-pause-connection';

/** What a removal ends and what stays, the way that hurts less, and the typed name. */
export function RemoveConnectionDialog({ connection, onClose }: ConnectionDialogProps) {
  const router = useRouter();
  const [typedName, setTypedName] = useState('');
  const remove = useRemoveConnection();
  const pause = usePauseConnection(connection);
  const provider = providerWords[connection.provider].name;

  async function removeForGood() {
    try {
      await remove.mutateAsync({ connectionId: connection.id, typedName });
      toast(`${connection.name} was removed. Its history stays.`);
      router.push('/connections');
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen || remove.isPending ? undefined : onClose())}>
      <AlertDialogContent
        title={`Remove “${connection.name}”?`}
        description={`Keyward forgets the management key and reads nothing more from this account. Nothing changes at ${provider}.`}
      >
        <KeyValueList
          items={[
            {
              label: `At ${provider}`,
              value: `${formatPlural(connection.keyCount, 'key')} and ${connection.keyCount === 1 ? 'its limit' : 'their limits'}, unchanged`,
            },
            { label: 'History of keys, spend, audit trail', value: 'kept' },
            { label: `Management key …${connection.keyTail}`, value: 'deleted here' },
          ]}
        />
        <Notice tone="warn">
          The management key itself stays valid. If nothing else uses it, revoke it at {provider}.
        </Notice>
        <Field label="Type the connection's name to confirm">
          <Input
            value={typedName}
            onChange={(event) => setTypedName(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        {remove.error ? (
          <Notice tone="bad" live="assertive" title="The connection was not removed.">
            {outcomeErrorOf(remove.error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter
          note={
            connection.state === 'active' ? (
              <Button
                variant="ghost"
                pending={pause.isPending}
                pendingText={pause.pendingLabel}
                onClick={() => void pause.run().then((isDone) => (isDone ? onClose() : undefined))}
              >
                Pause it instead
              </Button>
            ) : null
          }
        >
          <AlertDialogCancel disabled={remove.isPending} />
          <Button
            variant="danger"
            disabled={typedName.trim() !== connection.name}
            pending={remove.isPending || remove.isSuccess}
            pendingText="Removing…"
            onClick={() => void removeForGood()}
          >
            Remove connection
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
