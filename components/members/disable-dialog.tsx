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
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useDisableMember } from '@/lib/client/people';
import type { MemberView } from '@/lib/domain/people/member-view';
import { formatPlural } from '@/lib/utils/format-number';
import { focusMenuButton } from './member-act';

export interface DisableDialogProps {
  member: MemberView;
  onClose: () => void;
  /** The way that hurts less. */
  onSessions: () => void;
}

export function DisableDialog({ member, onClose, onSessions }: DisableDialogProps) {
  const disable = useDisableMember();
  const sessions =
    member.sessionCount === 0
      ? 'They are signed in nowhere.'
      : `${formatPlural(member.sessionCount, 'session')} of theirs ${member.sessionCount === 1 ? 'ends' : 'end'} at once.`;

  function submit() {
    disable.mutate(
      { userId: member.id },
      {
        onSuccess: () => {
          toast(`${member.name} can no longer sign in.`);
          onClose();
        },
      },
    );
  }

  return (
    <AlertDialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <AlertDialogContent
        title={`Disable ${member.name}`}
        description={`They can no longer sign in. ${sessions} Keys, teams and their history stay, and you can enable them again.`}
        onCloseAutoFocus={(event) => focusMenuButton(event, member)}
      >
        {disable.error ? (
          <Notice tone="bad" live="assertive">
            {outcomeErrorOf(disable.error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter
          note={
            member.sessionCount > 0 ? (
              <Button variant="link" onClick={onSessions}>
                End sessions instead
              </Button>
            ) : null
          }
        >
          <AlertDialogCancel />
          <Button variant="danger" pending={disable.isPending} pendingText="Disabling…" onClick={submit}>
            Disable {member.name}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
