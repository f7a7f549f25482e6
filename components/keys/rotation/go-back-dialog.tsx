'use client';

import { useQuery } from '@tanstack/react-query';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogFooter,
} from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { keyUseQuery } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useGoBack } from '@/lib/client/rotation';
import type { RotationView } from '@/lib/domain/rotation/rotation-view';
import { formatPlural } from '@/lib/utils/format-number';

interface SteerDialogProps {
  view: RotationView;
  onClose: () => void;
}

function oldKeyText({ state, oldKey }: RotationView): string {
  return state === 'retiring' ? `“${oldKey.name}” gets its limit again.` : `“${oldKey.name}” stays as it is.`;
}

function newKeyText({ newKey, providerName }: RotationView): string {
  return `“${newKey?.name ?? 'The new key'}” is deleted for good: ${providerName} cannot disable it.`;
}

/** What is said once a person went back. */
export function backText({ isOpen, oldKey }: RotationView): string {
  return isOpen
    ? 'Going back; the rest is done as soon as the provider takes it.'
    : `${oldKey.name} stays. The rotation was taken back.`;
}

/** What going back does to either key where it is final, and whether the new one is used already. */
export function GoBackDialog({ view, onClose }: SteerDialogProps) {
  const back = useGoBack();
  const newId = view.newKey?.id ?? view.oldKey.id;
  const { data: use } = useQuery({ ...keyUseQuery(newId), enabled: view.newKey !== null });
  const requests = use ? (use.requestsToday ?? 0) + use.requestsYesterday : 0;

  function submit() {
    back.mutate(
      { rotationId: view.id },
      {
        onSuccess: (after) => {
          toast(backText(after));
          onClose();
        },
      },
    );
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen || back.isPending ? undefined : onClose())}>
      <AlertDialogContent
        title="Go back to the old key?"
        description={`${oldKeyText(view)} ${newKeyText(view)}`}
      >
        {requests > 0 ? (
          <Notice tone="bad" title="The new key is in use.">
            {formatPlural(requests, 'request')} since yesterday. Whatever runs on it will fail.
          </Notice>
        ) : null}
        {back.error ? (
          <Notice tone="bad" live="assertive" title="Nothing was changed.">
            {outcomeErrorOf(back.error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter>
          <AlertDialogCancel disabled={back.isPending} />
          <Button variant="danger" pending={back.isPending} pendingText="Going back…" onClick={submit}>
            Go back
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
