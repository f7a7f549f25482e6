'use client';

import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogFooter,
} from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { useRevokeHandOver } from '@/lib/client/hand-over';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { HandOverView } from '@/lib/domain/hand-over/hand-over-view';
import { withdrawalText } from './hand-over-words';

export interface WithdrawDialogProps {
  handOver: HandOverView;
  onClose: () => void;
}

export function WithdrawDialog({ handOver, onClose }: WithdrawDialogProps) {
  const revoke = useRevokeHandOver();

  function submit() {
    revoke.mutate(
      { handOverId: handOver.id },
      {
        onSuccess: ({ keyStop }) => {
          toast(withdrawalText(handOver.keyName, keyStop));
          onClose();
        },
      },
    );
  }

  return (
    <AlertDialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <AlertDialogContent
        title={`Withdraw the secret of “${handOver.keyName}”`}
        description="The link stops working at once. Nobody has the secret then, so the key is disabled too, or capped at the lowest amount where it cannot be."
      >
        {revoke.error ? (
          <Notice tone="bad" live="assertive">
            {outcomeErrorOf(revoke.error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter>
          <AlertDialogCancel />
          <Button variant="danger" pending={revoke.isPending} pendingText="Withdrawing…" onClick={submit}>
            Withdraw and stop the key
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
