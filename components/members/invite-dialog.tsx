'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { UserPlus } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { useAskedFor } from '@/components/layout/use-asked-for';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
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
import { formatDateTime } from '@/lib/utils/format-date';
import { RoleOptions } from './role-options';

type FormValues = z.input<typeof inviteMemberSchema>;
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
        <Button variant="primary">
          <UserPlus aria-hidden="true" className="size-3.5" />
          Invite member
        </Button>
      </DialogTrigger>
      <DialogContent>
        {invited ? <InvitedPanel invited={invited} /> : <InviteForm onInvited={setInvited} />}
      </DialogContent>
    </Dialog>
  );
}

function InviteForm({ onInvited }: { onInvited: (invited: Invited) => void }) {
  const invite = useInviteMember();
  const form = useForm<FormValues>({
    resolver: zodResolver(inviteMemberSchema),
    defaultValues: { email: '', role: 'lead' },
  });
  const { errors } = form.formState;

  async function submit(values: FormValues) {
    try {
      onInvited({ email: values.email, ...(await invite.mutateAsync(values)) });
    } catch (error) {
      if (applyFieldErrors<FormValues>(error, ['email', 'role'], form.setError)) return;
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
        description="You get a link to hand over. Keyward sends no email."
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
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={invite.isPending} pendingText="Making the link …">
          Make invitation link
        </Button>
      </DialogFooter>
    </form>
  );
}

function InvitedPanel({ invited }: { invited: Invited }) {
  const linkRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <DialogHeader
        title={`Invitation for ${invited.email}`}
        description={`Works once, until ${formatDateTime(invited.expiresAt)}. It is shown only now.`}
      />
      <DialogBody>
        <Field label="Invitation link">
          <Input ref={linkRef} readOnly value={invited.url} className="font-mono text-xs" />
        </Field>
        <Notice tone="warn">Whoever has this link can take the role. Hand it over in private.</Notice>
      </DialogBody>
      <DialogFooter>
        <CopyButton value={invited.url} label="Copy link" targetRef={linkRef} variant="primary" />
        <DialogClose asChild>
          <Button>Done</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
