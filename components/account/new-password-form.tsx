'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { applyFieldErrors, useResetPassword } from '@/lib/client/people';
import { type ResetPasswordInput, resetPasswordSchema } from '@/lib/domain/people/one-time-link';

/** The new password of whoever holds a new-password link. */
export function NewPasswordForm({ token, email }: { token: string; email: string }) {
  const isHydrated = useHydrated();
  const reset = useResetPassword();
  const form = useForm<ResetPasswordInput>({
    resolver: zodResolver(resetPasswordSchema),
    // None for the password: it would replace what was typed or filled in before React took over.
    defaultValues: { token },
  });
  const { errors } = form.formState;

  async function submit(values: ResetPasswordInput) {
    try {
      await reset.mutateAsync(values);
    } catch (error) {
      if (applyFieldErrors<ResetPasswordInput>(error, ['password'], form.setError)) return;
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
      <Field label="New password" error={errors.password?.message} hint="At least 12 characters.">
        <Input type="password" autoComplete="new-password" autoFocus {...form.register('password')} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        disabled={!isHydrated}
        pending={reset.isPending || reset.isSuccess}
        pendingText="Setting your password …"
      >
        Set password and sign in
      </Button>
    </form>
  );
}
