'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogHeader,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useUpdateMemberRole } from '@/lib/client/people';
import type { MemberView } from '@/lib/domain/people/member-view';
import { roleWords } from '@/lib/domain/people/role';
import { focusMenuButton } from './member-act';
import { RoleOptions } from './role-options';

export interface MemberDialogProps {
  member: MemberView;
  onClose: () => void;
}

export function RoleDialog({ member, onClose }: MemberDialogProps) {
  const [role, setRole] = useState(member.role);
  const update = useUpdateMemberRole();

  function submit() {
    update.mutate(
      { userId: member.id, role },
      {
        onSuccess: () => {
          toast(`${member.name} is now ${roleWords[role].name}.`);
          onClose();
        },
      },
    );
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent size="sm" onCloseAutoFocus={(event) => focusMenuButton(event, member)}>
        <DialogHeader
          title={`Role of ${member.name}`}
          description="It holds at once, in all their sessions."
        />
        <form
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <DialogBody>
            {update.error ? (
              <Notice tone="bad" live="assertive">
                {outcomeErrorOf(update.error).message}
              </Notice>
            ) : null}
            <Field label="Role" group>
              <RoleOptions value={role} onValueChange={setRole} />
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              type="submit"
              variant="primary"
              disabled={role === member.role}
              pending={update.isPending}
              pendingText="Changing…"
            >
              Make {roleWords[role].name.toLowerCase()}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
