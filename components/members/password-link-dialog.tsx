'use client';

import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogHeader,
} from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useCreatePasswordLink } from '@/lib/client/people';
import { focusMenuButton } from './member-act';
import { OneTimeLinkPanel } from './one-time-link-panel';
import type { MemberDialogProps } from './role-dialog';

/** Makes a link with which a member who forgot the password chooses a new one. */
export function PasswordLinkDialog({ member, onClose }: MemberDialogProps) {
  const create = useCreatePasswordLink();
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent onCloseAutoFocus={(event) => focusMenuButton(event, member)}>
        {create.data ? (
          <OneTimeLinkPanel
            title={`New-password link for ${member.name}`}
            label="New-password link"
            warning={`Whoever has this link can sign in as ${member.name}. Hand it over in private.`}
            {...create.data}
          />
        ) : (
          <>
            <DialogHeader
              title={`New password for ${member.name}`}
              description="You get a link to hand over. It works once, within 24 hours."
            />
            <DialogBody>
              {create.error ? (
                <Notice tone="bad" live="assertive">
                  {outcomeErrorOf(create.error).message}
                </Notice>
              ) : null}
              <p className="text-muted text-sm">
                With it they choose a new password, and every session of theirs ends. Until then the present
                password goes on working. An earlier link no longer works.
              </p>
            </DialogBody>
            <DialogFooter>
              <DialogClose asChild>
                <Button>Cancel</Button>
              </DialogClose>
              <Button
                variant="primary"
                pending={create.isPending}
                pendingText="Making the link…"
                onClick={() => create.mutate({ userId: member.id })}
              >
                Make new-password link
              </Button>
            </DialogFooter>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
