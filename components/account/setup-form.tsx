'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { applyFieldErrors, useCreateFirstAdmin } from '@/lib/client/people';
import { type CreateFirstAdminInput, createFirstAdminSchema } from '@/lib/domain/people/one-time-link';

export function SetupForm({ token }: { token: string }) {
  const isHydrated = useHydrated();
  const create = useCreateFirstAdmin();
  const form = useForm<CreateFirstAdminInput>({
    resolver: zodResolver(createFirstAdminSchema),
    // None for the fields: they would replace what was typed or filled in before React took over.
    defaultValues: { token },
  });
  const { errors } = form.formState;

  async function submit(values: CreateFirstAdminInput) {
    try {
      await create.mutateAsync(values);
    } catch (error) {
      if (applyFieldErrors<CreateFirstAdminInput>(error, ['name', 'email', 'password'], form.setError))
        return;
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
      <Field label="Your name" error={errors.name?.message}>
        <Input autoComplete="name" autoFocus {...form.register('name')} />
      </Field>
      <Field label="Email address" error={errors.email?.message} hint="You sign in with it.">
        <Input type="email" autoComplete="username" {...form.register('email')} />
      </Field>
      <Field label="Password" error={errors.password?.message} hint="At least 12 characters.">
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        disabled={!isHydrated}
        pending={create.isPending || create.isSuccess}
        pendingText="Creating your account …"
      >
        Create the first admin
      </Button>
    </form>
  );
}
