'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useResetPassword } from '@/lib/client/people';
import { type ResetPasswordInput, resetPasswordSchema } from '@/lib/domain/people/one-time-link';
import { DoorForm } from './door-form';

/** The new password of whoever holds a new-password link. */
export function NewPasswordForm({ token, email }: { token: string; email: string }) {
  const form = useForm<ResetPasswordInput>({
    resolver: zodResolver(resetPasswordSchema),
    defaultValues: { token },
  });
  return (
    <DoorForm
      form={form}
      fields={['password']}
      enter={useResetPassword()}
      submitText="Set password and sign in"
      pendingText="Setting your password…"
    >
      <Field label="Email address">
        <Input type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <Field
        label="New password"
        error={form.formState.errors.password?.message}
        hint="At least 12 characters."
      >
        <Input type="password" autoComplete="new-password" autoFocus {...form.register('password')} />
      </Field>
    </DoorForm>
  );
}
