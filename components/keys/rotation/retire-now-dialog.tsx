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
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toaster';
import { keyUseQuery } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useRetireNow } from '@/lib/client/rotation';
import type { RotationView } from '@/lib/domain/rotation/rotation-view';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';

interface SteerDialogProps {
  view: RotationView;
  onClose: () => void;
}

/** What still uses the old key, before it is stopped without waiting for its quiet. */
export function RetireNowDialog({ view, onClose }: SteerDialogProps) {
  const retire = useRetireNow();
  const { data: use, error: useError } = useQuery(keyUseQuery(view.oldKey.id));
  const stop = view.canDisable
    ? 'It is disabled at once and deleted after the grace period.'
    : `It is capped at ${formatUsd(view.lowestCap)} at once and deleted after the grace period, once it is quiet.`;

  function submit() {
    retire.mutate(
      { rotationId: view.id },
      {
        onSuccess: (after) => {
          if (after.deleteAt) toast(`${view.oldKey.name} is stopped. Going back is still possible.`);
          onClose();
        },
      },
    );
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen || retire.isPending ? undefined : onClose())}>
      <AlertDialogContent
        title={`Retire “${view.oldKey.name}” now?`}
        description={`${stop} Until it is deleted you can go back.`}
      >
        {use ? (
          <Notice
            tone={use.isInUse ? 'bad' : 'info'}
            title={use.isInUse ? 'It may still be in use.' : 'No use of it is known since yesterday.'}
          >
            {use.requestsToday === null
              ? 'Today was not read yet.'
              : `${formatPlural(use.requestsToday, 'request')} today, ${use.requestsYesterday} yesterday.`}
            {use.isInUse ? ' Whatever still runs on it will fail.' : ''}
          </Notice>
        ) : useError ? (
          <Notice tone="warn">{outcomeErrorOf(useError).message}</Notice>
        ) : (
          <Skeleton className="h-16" />
        )}
        {retire.error ? (
          <Notice tone="bad" live="assertive" title="It was not retired.">
            {outcomeErrorOf(retire.error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter>
          <AlertDialogCancel disabled={retire.isPending} />
          <Button variant="danger" pending={retire.isPending} pendingText="Retiring…" onClick={submit}>
            Retire old key
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
