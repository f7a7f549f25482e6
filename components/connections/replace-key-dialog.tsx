'use client';

import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import { ManagementKeyInput } from './management-key-input';
import type { ConnectionDialogProps } from './rename-connection-dialog';
import { ReplacementReport } from './replacement-report';
import { useReplaceKeyForm } from './use-replace-key-form';

/** A new management key for a connection: tested first; the old one stays until the new one is stored. */
export function ReplaceKeyDialog({ connection, onClose }: ConnectionDialogProps) {
  const { form, report, failure, isTesting, isReplacing, submit } = useReplaceKeyForm(connection, onClose);
  const isBusy = isTesting || isReplacing;
  const words = providerWords[connection.provider];
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || isBusy ? undefined : onClose())}>
      <DialogContent>
        <DialogHeader
          title="Replace management key"
          description={`${connection.name} uses the key ending in …${connection.keyTail}. It stays in use until the new one was tested and stored.`}
        />
        <form
          method="post"
          noValidate
          className="flex min-h-0 flex-col"
          onSubmit={(event) => void submit(event)}
        >
          <DialogBody>
            <Field
              label="New management key"
              hint={words.managementKeyHint}
              error={form.formState.errors.managementKey?.message}
            >
              <ManagementKeyInput {...form.register('managementKey')} />
            </Field>
            <div role="status">
              {report ? <ReplacementReport connection={connection} report={report} /> : null}
            </div>
            {failure ? (
              <Notice tone="bad" live="assertive" title="The key was not replaced.">
                {failure}
              </Notice>
            ) : null}
          </DialogBody>
          <DialogFooter note={report ? 'Takes effect with the next call.' : 'The test stores nothing.'}>
            <Button onClick={onClose} disabled={isBusy}>
              Cancel
            </Button>
            <Button
              type="submit"
              variant="primary"
              pending={isBusy}
              pendingText={isReplacing ? 'Replacing…' : 'Testing…'}
            >
              {report ? 'Replace key' : 'Test'}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
