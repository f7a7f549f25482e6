'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useAcceptInvitation } from '@/lib/client/people';
import { type AcceptInvitationInput, acceptInvitationSchema } from '@/lib/domain/people/one-time-link';
import { DoorForm } from './door-form';

export function InvitationForm({ token, email }: { token: string; email: string }) {
  const form = useForm<AcceptInvitationInput>({
    resolver: zodResolver(acceptInvitationSchema),
    defaultValues: { token },
  });
  const { errors } = form.formState;
  return (
    <DoorForm
      form={form}
      fields={['name', 'password']}
      enter={useAcceptInvitation()}
      submitText="Accept the invitation"
      pendingText="Creating your account…"
    >
      <Field label="Email address">
        <Input type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        <Input autoComplete="name" autoFocus {...form.register('name')} />
      </Field>
      <Field label="Password" error={errors.password?.message} hint="At least 12 characters.">
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
    </DoorForm>
  );
}
