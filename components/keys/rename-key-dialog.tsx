'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toaster';
import { useRenameKey } from '@/lib/client/keys';
import { fieldErrorsOf } from '@/lib/client/outcome';
import { keyNameSchema, reasonSchema } from '@/lib/domain/keys/key-input';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { ChangeFailure } from './change-failure';
import { useChangeWatch } from './use-change-watch';

const formSchema = z.object({ name: keyNameSchema, reason: reasonSchema });

export function RenameKeyDialog({ row: liveRow, onClose }: { row: KeyRow; onClose: () => void }) {
  const [row] = useState(liveRow);
  const rename = useRenameKey();
  const form = useForm({
    resolver: zodResolver(formSchema),
    defaultValues: { name: row.name, reason: '' },
  });
  const { errors } = form.formState;
  const watch = useChangeWatch(rename.error);

  function close() {
    watch.leave();
    onClose();
  }

  async function save(values: z.output<typeof formSchema>) {
    try {
      await rename.mutateAsync({ keyId: row.id, seenName: row.name, ...values });
      toast(`Renamed to ${values.name}.`);
      onClose();
    } catch (error) {
      const messages = fieldErrorsOf(error).name;
      if (messages) form.setError('name', { message: messages.join(' ') });
    }
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || rename.isPending ? undefined : close())}>
      <DialogContent size="sm">
        <DialogHeader
          title="Rename key"
          description={`The name also changes at ${row.connection.providerName}.`}
        />
        <form onSubmit={(event) => void form.handleSubmit(save)(event)} noValidate>
          <DialogBody>
            <Field label="Name" error={errors.name?.message}>
              <Input {...form.register('name')} autoComplete="off" />
            </Field>
            <Field label="Reason (kept in the audit log)" note="optional" error={errors.reason?.message}>
              <Input {...form.register('reason')} autoComplete="off" />
            </Field>
            {fieldErrorsOf(rename.error).name ? null : (
              <ChangeFailure failure={rename.error} title="The key was not renamed." />
            )}
          </DialogBody>
          <DialogFooter>
            <Button onClick={close} disabled={rename.isPending}>
              {watch.isBlocked ? 'Close' : 'Cancel'}
            </Button>
            <Button
              type="submit"
              variant="primary"
              disabled={watch.isBlocked}
              pending={rename.isPending}
              pendingText="Renaming…"
            >
              Rename key
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
