'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet';
import type { KeysTableConnection, KeysTableWire } from '@/lib/domain/keys/keys-table';
import { ChangeFailure } from './change-failure';
import { CreateKeyFields } from './create-key-fields';
import { type CreateKeyForm, createKeyFormSchema, emptyCreateKeyForm } from './create-key-form';
import { HandOverLink } from './hand-over-link';
import { SecretReveal } from './secret-reveal';
import { useChangeWatch } from './use-change-watch';
import { type MadeKey, useNewKey } from './use-new-key';

interface CreateKeyDialogProps {
  connections: readonly KeysTableConnection[];
  containers: KeysTableWire['containers'];
  onClose: () => void;
}

/** Two steps: what the key shall be, then its secret or the link to it, once. */
export function CreateKeyDialog({ connections, containers, onClose }: CreateKeyDialogProps) {
  const [made, setMade] = useState<MadeKey | null>(null);
  function done() {
    setMade(null);
    onClose();
  }
  if (made?.kind === 'secret') return <SecretReveal secret={made.secret} onDone={done} />;
  if (made?.kind === 'link') return <HandOverLink link={made.link} onDone={done} />;
  return (
    <CreateKeySheet connections={connections} containers={containers} onClose={onClose} onCreated={setMade} />
  );
}

interface CreateKeySheetProps extends CreateKeyDialogProps {
  onCreated: (made: MadeKey) => void;
}

function CreateKeySheet({ connections, containers, onClose, onCreated }: CreateKeySheetProps) {
  const usable = connections.filter(({ state }) => state === 'active');
  const form = useForm<CreateKeyForm>({
    resolver: zodResolver(createKeyFormSchema),
    defaultValues: emptyCreateKeyForm(usable[0]),
  });
  const connectionId = useWatch({ control: form.control, name: 'connectionId' });
  const connection = usable.find(({ id }) => String(id) === connectionId);
  const isHandOver = useWatch({ control: form.control, name: 'delivery' }) === 'hand-over';
  const { save, isPending, failure } = useNewKey(form, onCreated);
  const watch = useChangeWatch(failure);

  function close() {
    watch.leave();
    onClose();
  }

  useEffect(() => {
    if (!connection) return;
    const { limitPeriods } = connection.capabilities;
    if (!limitPeriods.includes(form.getValues('period'))) form.setValue('period', limitPeriods[0]);
    form.setValue('containerId', '');
  }, [connection, form]);

  return (
    <Sheet open onOpenChange={(isOpen) => (isOpen || isPending ? undefined : close())}>
      <SheetContent>
        <SheetHeader
          title="Create key"
          description={
            isHandOver
              ? 'The secret is sealed for someone else, and not shown here.'
              : 'The secret is shown once, right after.'
          }
        />
        <FormProvider {...form}>
          <form
            onSubmit={(event) =>
              void form.handleSubmit((values) => (connection ? save(values, connection) : undefined))(event)
            }
            className="flex min-h-0 flex-1 flex-col"
            noValidate
          >
            <SheetBody>
              <CreateKeyFields connections={usable} connection={connection} containers={containers} />
              <ChangeFailure failure={failure} title="No key was created." />
            </SheetBody>
            <SheetFooter note={connection ? `Created at ${connection.providerName} at once.` : undefined}>
              <Button onClick={close} disabled={isPending}>
                {watch.isBlocked ? 'Close' : 'Cancel'}
              </Button>
              <Button
                type="submit"
                variant="primary"
                pending={isPending}
                pendingText="Creating the key…"
                disabled={!connection || watch.isBlocked}
              >
                {isHandOver ? 'Create key and make link' : 'Create key'}
              </Button>
            </SheetFooter>
          </form>
        </FormProvider>
      </SheetContent>
    </Sheet>
  );
}
