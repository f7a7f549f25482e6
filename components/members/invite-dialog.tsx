'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useCallback, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useAskedFor } from '@/components/layout/use-asked-for';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { applyFieldErrors, useInviteMember } from '@/lib/client/people';
import { inviteMemberSchema } from '@/lib/domain/people/one-time-link';
import type { InviteValues } from './invite-values';
import { OneTimeLinkPanel } from './one-time-link-panel';
import { RoleOptions } from './role-options';
import { TeamOptions } from './team-options';

type Invited = { email: string; url: string; expiresAt: string };

export function InviteDialog() {
  const [isOpen, setOpen] = useState(false);
  const [invited, setInvited] = useState<Invited | null>(null);
  useAskedFor(
    'invite',
    true,
    useCallback(() => setOpen(true), []),
  );

  function change(open: boolean) {
    setOpen(open);
    if (!open) setInvited(null);
  }

  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">Invite member</Button>
      </DialogTrigger>
      <DialogContent>
        {invited ? (
          <OneTimeLinkPanel
            title={`Invitation for ${invited.email}`}
            label="Invitation link"
            url={invited.url}
            expiresAt={invited.expiresAt}
            warning="Whoever has this link can take the role. Hand it over in private."
          />
        ) : (
          <InviteForm onInvited={setInvited} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function InviteForm({ onInvited }: { onInvited: (invited: Invited) => void }) {
  const invite = useInviteMember();
  const form = useForm<InviteValues>({
    resolver: zodResolver(inviteMemberSchema),
    defaultValues: { email: '', role: 'lead', teamIds: [], isLead: true },
  });
  const { errors } = form.formState;

  async function submit(values: InviteValues) {
    try {
      onInvited({ email: values.email, ...(await invite.mutateAsync(values)) });
    } catch (error) {
      if (applyFieldErrors<InviteValues>(error, ['email', 'role', 'teamIds'], form.setError)) return;
      form.setError('root', { message: outcomeErrorOf(error).message });
    }
  }

  return (
    <form
      method="post"
      noValidate
      className="contents"
      onSubmit={(event) => void form.handleSubmit(submit)(event)}
    >
      <DialogHeader
        title="Invite a member"
        description="You get a link to hand over. Keyward does not mail it."
      />
      <DialogBody>
        {errors.root ? (
          <Notice tone="bad" live="assertive">
            {errors.root.message}
          </Notice>
        ) : null}
        <Field label="Email address" error={errors.email?.message} hint="They sign in with it.">
          <Input type="email" autoComplete="off" {...form.register('email')} />
        </Field>
        <Field label="Role" group error={errors.role?.message}>
          <Controller
            control={form.control}
            name="role"
            render={({ field }) => <RoleOptions value={field.value} onValueChange={field.onChange} />}
          />
        </Field>
        <TeamOptions control={form.control} error={errors.teamIds?.message} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={invite.isPending} pendingText="Making the link…">
          Make invitation link
        </Button>
      </DialogFooter>
    </form>
  );
}
