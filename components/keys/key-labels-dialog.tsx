'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toaster';
import { keyDetailQuery, useUpdateKeyLabels } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { KeyLabels } from '@/lib/domain/keys/key-input';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { ChangeFailure } from './change-failure';
import { labelsToText, textToLabels } from './label-text';
import { useChangeWatch } from './use-change-watch';

/** Loads the labels as they stand, then edits them; the provider replaces all of them at once. */
export function KeyLabelsDialog({ row: liveRow, onClose }: { row: KeyRow; onClose: () => void }) {
  const [row] = useState(liveRow);
  const { data, error } = useQuery(keyDetailQuery(row.id));
  const update = useUpdateKeyLabels();
  const watch = useChangeWatch(update.error);

  function close() {
    watch.leave();
    onClose();
  }
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <DialogContent size="sm">
        <DialogHeader title="Edit labels" description={`${row.name} at ${row.connection.providerName}`} />
        {data ? (
          <LabelsForm
            row={row}
            labels={data.labels}
            update={update}
            isBlocked={watch.isBlocked}
            onClose={close}
          />
        ) : (
          <DialogBody>
            {error ? (
              <Notice tone="bad">{outcomeErrorOf(error).message}</Notice>
            ) : (
              <Skeleton className="h-24" />
            )}
          </DialogBody>
        )}
      </DialogContent>
    </Dialog>
  );
}

interface LabelsFormProps {
  row: KeyRow;
  labels: KeyLabels;
  update: ReturnType<typeof useUpdateKeyLabels>;
  /** The wish is being checked, or took effect: it is not sent again. */
  isBlocked: boolean;
  onClose: () => void;
}

function LabelsForm({ row, labels, update, isBlocked, onClose }: LabelsFormProps) {
  const [seenLabels] = useState(labels);
  const [text, setText] = useState(() => labelsToText(labels));
  const [fault, setFault] = useState<string | null>(null);

  async function save() {
    const typed = textToLabels(text);
    setFault(typed.fault);
    if (typed.fault !== null) return;
    try {
      await update.mutateAsync({ keyId: row.id, seenLabels, labels: typed.labels });
      toast(`${row.name} has new labels.`);
      onClose();
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <>
      <DialogBody>
        <Field label="Labels" hint="One a line, as name = value." error={fault ?? undefined}>
          <Textarea rows={5} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <ChangeFailure failure={update.error} title="The labels were not changed." />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose} disabled={update.isPending}>
          {isBlocked ? 'Close' : 'Cancel'}
        </Button>
        <Button
          variant="primary"
          disabled={isBlocked}
          pending={update.isPending}
          pendingText="Saving the labels…"
          onClick={() => void save()}
        >
          Save labels
        </Button>
      </DialogFooter>
    </>
  );
}
