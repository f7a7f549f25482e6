'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { useUpdateConnection } from '@/lib/client/connections';
import { fieldErrorsOf, outcomeErrorOf } from '@/lib/client/outcome';
import { connectionNameSchema } from '@/lib/domain/connections/connection-input';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';

const formSchema = z.object({ name: connectionNameSchema });

export interface ConnectionDialogProps {
  connection: ConnectionView;
  onClose: () => void;
}

export function RenameConnectionDialog({ connection, onClose }: ConnectionDialogProps) {
  const rename = useUpdateConnection();
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: connection.name } });

  async function save({ name }: z.output<typeof formSchema>) {
    try {
      await rename.mutateAsync({ connectionId: connection.id, name });
      toast(`Renamed to ${name}.`);
      onClose();
    } catch (error) {
      const messages = fieldErrorsOf(error).name;
      if (messages) form.setError('name', { message: messages.join(' ') });
    }
  }

  const error = rename.error && !fieldErrorsOf(rename.error).name ? outcomeErrorOf(rename.error) : null;
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || rename.isPending ? undefined : onClose())}>
      <DialogContent size="sm">
        <DialogHeader title="Rename connection" description="The name is used here only." />
        <form method="post" onSubmit={(event) => void form.handleSubmit(save)(event)} noValidate>
          <DialogBody>
            <Field label="Name" error={form.formState.errors.name?.message}>
              <Input {...form.register('name')} autoComplete="off" />
            </Field>
            {error ? (
              <Notice tone="bad" live="assertive" title="The connection was not renamed.">
                {error.message}
              </Notice>
            ) : null}
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} disabled={rename.isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={rename.isPending} pendingText="Renaming…">
              Rename connection
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
