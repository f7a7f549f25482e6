'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useCreateFirstAdmin } from '@/lib/client/people';
import { type CreateFirstAdminInput, createFirstAdminSchema } from '@/lib/domain/people/one-time-link';
import { DoorForm } from './door-form';

export function SetupForm({ token }: { token: string }) {
  const form = useForm<CreateFirstAdminInput>({
    resolver: zodResolver(createFirstAdminSchema),
    defaultValues: { token },
  });
  const { errors } = form.formState;
  return (
    <DoorForm
      form={form}
      fields={['name', 'email', 'password']}
      enter={useCreateFirstAdmin()}
      submitText="Create the first admin"
      pendingText="Creating your account…"
    >
      <Field label="Your name" error={errors.name?.message}>
        <Input autoComplete="name" autoFocus {...form.register('name')} />
      </Field>
      <Field label="Email address" error={errors.email?.message} hint="You sign in with it.">
        <Input type="email" autoComplete="username" {...form.register('email')} />
      </Field>
      <Field label="Password" error={errors.password?.message} hint="At least 12 characters.">
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
    </DoorForm>
  );
}
