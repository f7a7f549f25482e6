'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet';
import { useCreateKey } from '@/lib/client/keys';
import { fieldErrorsOf, outcomeErrorOf } from '@/lib/client/outcome';
import type { KeysTableConnection, KeysTableWire } from '@/lib/domain/keys/keys-table';
import { CreateKeyFields } from './create-key-fields';
import {
  type CreateKeyForm,
  createKeyFormSchema,
  emptyCreateKeyForm,
  formFieldOf,
  toCreateKeyInput,
} from './create-key-form';
import { type NewSecret, SecretReveal } from './secret-reveal';

interface CreateKeyDialogProps {
  connections: readonly KeysTableConnection[];
  containers: KeysTableWire['containers'];
  onClose: () => void;
}

/** Two steps: what the key shall be, then its secret, once. */
export function CreateKeyDialog({ connections, containers, onClose }: CreateKeyDialogProps) {
  const [secret, setSecret] = useState<NewSecret | null>(null);
  if (secret) {
    return (
      <SecretReveal
        secret={secret}
        onDone={() => {
          setSecret(null);
          onClose();
        }}
      />
    );
  }
  return (
    <CreateKeySheet
      connections={connections}
      containers={containers}
      onClose={onClose}
      onCreated={setSecret}
    />
  );
}

interface CreateKeySheetProps extends CreateKeyDialogProps {
  onCreated: (secret: NewSecret) => void;
}

function CreateKeySheet({ connections, containers, onClose, onCreated }: CreateKeySheetProps) {
  const usable = connections.filter(({ state }) => state === 'active');
  const form = useForm<CreateKeyForm>({
    resolver: zodResolver(createKeyFormSchema),
    defaultValues: emptyCreateKeyForm(usable[0]),
  });
  const connectionId = useWatch({ control: form.control, name: 'connectionId' });
  const connection = usable.find(({ id }) => String(id) === connectionId);
  const create = useCreateKey();

  useEffect(() => {
    if (!connection) return;
    const { limitPeriods } = connection.capabilities;
    if (!limitPeriods.includes(form.getValues('period'))) form.setValue('period', limitPeriods[0]);
    form.setValue('containerId', '');
  }, [connection, form]);

  async function save(values: CreateKeyForm) {
    const input = connection ? toCreateKeyInput(values, connection) : null;
    if (!connection || !input) return;
    try {
      const created = await create.mutateAsync(input);
      create.reset();
      onCreated({ ...created, connectionName: connection.name });
    } catch (error) {
      for (const [field, messages] of Object.entries(fieldErrorsOf(error))) {
        const [root = field] = field.split('.');
        const target = formFieldOf[root];
        if (target) form.setError(target, { message: messages.join(' ') });
      }
    }
  }

  const error = create.error ? outcomeErrorOf(create.error) : null;
  return (
    <Sheet open onOpenChange={(isOpen) => (isOpen || create.isPending ? undefined : onClose())}>
      <SheetContent>
        <SheetHeader title="Create key" description="The secret is shown once, right after." />
        <FormProvider {...form}>
          <form
            onSubmit={(event) => void form.handleSubmit(save)(event)}
            className="flex min-h-0 flex-1 flex-col"
            noValidate
          >
            <SheetBody>
              <CreateKeyFields connections={usable} connection={connection} containers={containers} />
              {error ? (
                <Notice
                  tone={error.code === 'outcome_unknown' ? 'warn' : 'bad'}
                  live="assertive"
                  title={
                    error.code === 'outcome_unknown' ? 'The outcome is not known yet.' : 'No key was created.'
                  }
                >
                  {error.message}
                </Notice>
              ) : null}
            </SheetBody>
            <SheetFooter note={connection ? `Created at ${connection.providerName} at once.` : undefined}>
              <Button onClick={onClose} disabled={create.isPending}>
                Cancel
              </Button>
              <Button
                type="submit"
                variant="primary"
                pending={create.isPending}
                pendingText="Creating the key…"
                disabled={!connection}
              >
                Create key
              </Button>
            </SheetFooter>
          </form>
        </FormProvider>
      </SheetContent>
    </Sheet>
  );
}
