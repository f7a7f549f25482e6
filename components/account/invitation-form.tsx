'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { applyFieldErrors, useAcceptInvitation } from '@/lib/client/people';
import { type AcceptInvitationInput, acceptInvitationSchema } from '@/lib/domain/people/one-time-link';

export function InvitationForm({ token, email }: { token: string; email: string }) {
  const isHydrated = useHydrated();
  const accept = useAcceptInvitation();
  const form = useForm<AcceptInvitationInput>({
    resolver: zodResolver(acceptInvitationSchema),
    // None for the fields: they would replace what was typed or filled in before React took over.
    defaultValues: { token },
  });
  const { errors } = form.formState;

  async function submit(values: AcceptInvitationInput) {
    try {
      await accept.mutateAsync(values);
    } catch (error) {
      if (applyFieldErrors<AcceptInvitationInput>(error, ['name', 'password'], form.setError)) return;
      form.setError('root', { message: outcomeErrorOf(error).message });
    }
  }

  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void form.handleSubmit(submit)(event)}
    >
      {errors.root ? (
        <Notice tone="bad" live="assertive">
          {errors.root.message}
        </Notice>
      ) : null}
      <Field label="Email address">
        <Input type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        <Input autoComplete="name" autoFocus {...form.register('name')} />
      </Field>
      <Field label="Password" error={errors.password?.message} hint="At least 12 characters.">
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        disabled={!isHydrated}
        pending={accept.isPending || accept.isSuccess}
        pendingText="Creating your account …"
      >
        Accept the invitation
      </Button>
    </form>
  );
}
