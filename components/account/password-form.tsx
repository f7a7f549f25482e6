'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { useHydrated } from '@/components/ui/use-hydrated';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { applyFieldErrors, useChangePassword } from '@/lib/client/people';
import { type ChangePasswordInput, changePasswordSchema } from '@/lib/domain/people/password';
import { formatPlural } from '@/lib/utils/format-number';

export function PasswordForm({ email }: { email: string }) {
  const change = useChangePassword();
  const isHydrated = useHydrated();
  const form = useForm<ChangePasswordInput>({
    resolver: zodResolver(changePasswordSchema),
    defaultValues: { currentPassword: '', newPassword: '' },
  });
  const { errors } = form.formState;

  async function submit(values: ChangePasswordInput) {
    try {
      const { ended } = await change.mutateAsync(values);
      form.reset();
      toast(
        ended === 0
          ? 'Your password is changed.'
          : `Your password is changed. ${formatPlural(ended, 'other session')} ended.`,
      );
    } catch (error) {
      const fields = ['currentPassword', 'newPassword'] as const;
      if (applyFieldErrors<ChangePasswordInput>(error, fields, form.setError)) return;
      form.setError('root', { message: outcomeErrorOf(error).message });
    }
  }

  return (
    <form method="post" noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)}>
      <fieldset disabled={!isHydrated} className="flex min-w-0 flex-col items-start gap-3">
        {errors.root ? (
          <Notice tone="bad" live="assertive">
            {errors.root.message}
          </Notice>
        ) : null}
        {/* Tells password managers whose password changes. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <Field label="Current password" className="w-full" error={errors.currentPassword?.message}>
          <Input type="password" autoComplete="current-password" {...form.register('currentPassword')} />
        </Field>
        <Field
          label="New password"
          className="w-full"
          error={errors.newPassword?.message}
          hint="At least 12 characters. Your other sessions end."
        >
          <Input type="password" autoComplete="new-password" {...form.register('newPassword')} />
        </Field>
        <Button type="submit" pending={change.isPending} pendingText="Changing…">
          Change password
        </Button>
      </fieldset>
    </form>
  );
}
