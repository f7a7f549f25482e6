'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { rotationPreviewQuery } from '@/lib/client/rotation';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { RotationPreview } from '@/lib/domain/rotation/rotation-view';
import { ChangeFailure } from '../change-failure';
import { DeliveryFields } from '../delivery-fields';
import { HandOverLink } from '../hand-over-link';
import { SecretReveal } from '../secret-reveal';
import { useChangeWatch } from '../use-change-watch';
import type { MadeKey } from '../use-new-key';
import { emptyRotateForm, type RotateForm, type RotateWish, rotateFormSchema } from './rotate-form';
import { RotationNotes } from './rotation-notes';
import { useRotate } from './use-rotate';

interface RotateDialogProps {
  row: KeyRow;
  onClose: () => void;
}

/** First what cannot come along, then the new key's secret or the link to it, once. */
export function RotateDialog({ row: liveRow, onClose }: RotateDialogProps) {
  const [row] = useState(liveRow);
  const [made, setMade] = useState<MadeKey | null>(null);
  const preview = useQuery({ ...rotationPreviewQuery(row.id), enabled: made === null });
  function done() {
    setMade(null);
    onClose();
  }
  if (made?.kind === 'secret') return <SecretReveal secret={made.secret} onDone={done} />;
  if (made?.kind === 'link') return <HandOverLink link={made.link} onDone={done} />;
  if (preview.data && preview.data.obstacle === null) {
    return <RotateSheet row={row} preview={preview.data} onClose={onClose} onMade={setMade} />;
  }
  return (
    <Sheet open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <SheetContent>
        <SheetHeader title={`Rotate “${row.name}”`} description="A new key takes over from this one." />
        <SheetBody>
          {preview.data ? (
            <Notice tone="warn" title="It cannot be rotated now.">
              {preview.data.obstacle}
            </Notice>
          ) : preview.error ? (
            <Notice tone="bad" live="assertive" title="Nothing was changed.">
              {outcomeErrorOf(preview.error).message}
            </Notice>
          ) : (
            <Skeleton className="h-40" />
          )}
        </SheetBody>
        <SheetFooter>
          <Button onClick={onClose}>Close</Button>
        </SheetFooter>
      </SheetContent>
    </Sheet>
  );
}

interface RotateSheetProps extends RotateDialogProps {
  preview: RotationPreview;
  onMade: (made: MadeKey) => void;
}

function RotateSheet({ row, preview, onClose, onMade }: RotateSheetProps) {
  const [asked] = useState(preview);
  const form = useForm<RotateForm, unknown, RotateWish>({
    resolver: zodResolver(rotateFormSchema),
    defaultValues: emptyRotateForm(asked.name),
  });
  const { errors } = form.formState;
  const isHandOver = useWatch({ control: form.control, name: 'delivery' }) === 'hand-over';
  const { save, isPending, failure } = useRotate(row, form, onMade);
  const watch = useChangeWatch(failure);

  function close() {
    watch.leave();
    onClose();
  }

  return (
    <Sheet open onOpenChange={(isOpen) => (isOpen || isPending ? undefined : close())}>
      <SheetContent>
        <SheetHeader
          title={`Rotate “${row.name}”`}
          description="A new key with the same settings takes over. This one works on until nothing uses it any more."
        />
        <FormProvider {...form}>
          <form
            onSubmit={(event) => void form.handleSubmit(save)(event)}
            className="flex min-h-0 flex-1 flex-col"
            noValidate
          >
            <SheetBody>
              <RotationNotes row={row} preview={asked} />
              <Field label="Name of the new key" error={errors.name?.message}>
                <Input {...form.register('name')} autoComplete="off" />
              </Field>
              <DeliveryFields />
              <Field
                label="Hours without a request before this key is retired"
                error={errors.quietHours?.message}
                hint="Counted from what is read at the provider; it stands still while nothing is read."
              >
                <Input {...form.register('quietHours')} inputMode="numeric" className="max-w-28" />
              </Field>
              <Field label="Reason (kept in the audit log)" note="optional" error={errors.reason?.message}>
                <Input {...form.register('reason')} autoComplete="off" />
              </Field>
              <ChangeFailure failure={failure} title="The key was not rotated." />
            </SheetBody>
            <SheetFooter note={`Created at ${row.connection.providerName} at once.`}>
              <Button onClick={close} disabled={isPending}>
                {watch.isBlocked ? 'Close' : 'Cancel'}
              </Button>
              <Button
                type="submit"
                variant="primary"
                pending={isPending}
                pendingText="Creating the new key…"
                disabled={watch.isBlocked}
              >
                {isHandOver ? 'Create new key and make link' : 'Create new key'}
              </Button>
            </SheetFooter>
          </form>
        </FormProvider>
      </SheetContent>
    </Sheet>
  );
}
