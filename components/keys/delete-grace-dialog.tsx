'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toaster';
import { useUpdateDeleteGrace } from '@/lib/client/deletions';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { MOST_GRACE_DAYS } from '@/lib/domain/keys/delete-grace';
import { formatPlural } from '@/lib/utils/format-number';

interface DeleteGraceDialogProps {
  days: number;
  onClose: () => void;
}

/** How long deleted keys can be taken back. */
export function DeleteGraceDialog({ days, onClose }: DeleteGraceDialogProps) {
  const [text, setText] = useState(String(days));
  const update = useUpdateDeleteGrace();
  const wished = Number(text);

  function save() {
    update.mutate(
      { days: wished },
      {
        onSuccess: () => {
          toast(`Keys that are deleted from now on can be taken back for ${formatPlural(wished, 'day')}.`);
          onClose();
        },
      },
    );
  }

  const failure = update.error ? outcomeErrorOf(update.error) : null;
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || update.isPending ? undefined : onClose())}>
      <DialogContent size="sm">
        <DialogHeader
          title="Grace period"
          description="So long a deleted key stays disabled and can be taken back. Keys that wait already keep their day."
        />
        <form
          className="contents"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <DialogBody>
            <Field
              label="Days"
              hint={`From 1 to ${MOST_GRACE_DAYS}. Where a provider cannot disable keys, deleting stays final.`}
              error={failure ? (failure.fieldErrors?.days?.[0] ?? failure.message) : undefined}
            >
              <Input
                type="number"
                inputMode="numeric"
                min={1}
                max={MOST_GRACE_DAYS}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} disabled={update.isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={update.isPending} pendingText="Saving…">
              Save
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
