'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toaster';
import { useHydrated } from '@/components/ui/use-hydrated';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { applyFieldErrors, useUpdateProfile } from '@/lib/client/people';
import { type UpdateProfileInput, updateProfileSchema } from '@/lib/domain/people/member-input';

export function ProfileForm({ name }: { name: string }) {
  const update = useUpdateProfile();
  const isHydrated = useHydrated();
  const form = useForm<UpdateProfileInput>({
    resolver: zodResolver(updateProfileSchema),
    defaultValues: { name },
  });
  const { errors, isDirty } = form.formState;

  async function submit(values: UpdateProfileInput) {
    try {
      const saved = await update.mutateAsync(values);
      form.reset(saved);
      toast('Your name is changed.');
    } catch (error) {
      if (applyFieldErrors<UpdateProfileInput>(error, ['name'], form.setError)) return;
      form.setError('name', { message: outcomeErrorOf(error).message });
    }
  }

  return (
    <form method="post" noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)}>
      <fieldset disabled={!isHydrated} className="flex min-w-0 flex-col items-start gap-3">
        <Field
          label="Name"
          className="w-full"
          error={errors.name?.message}
          hint="Stands beside what you do in the audit log."
        >
          <Input autoComplete="name" {...form.register('name')} />
        </Field>
        <Button type="submit" disabled={!isDirty} pending={update.isPending} pendingText="Saving…">
          Save name
        </Button>
      </fieldset>
    </form>
  );
}
