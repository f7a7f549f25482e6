'use client';

import type { ReactNode } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { applyFieldErrors } from '@/lib/client/people';

interface DoorFormProps<Values extends FieldValues> {
  /** Without default values for what is typed: they would replace what was filled in before React took over. */
  form: UseFormReturn<Values>;
  /** The fields whose faults the server may name; every other fault stands above the form. */
  fields: readonly Path<Values>[];
  /** Ends in a sign-in, so that the button keeps its place until the next page is there. */
  enter: { mutateAsync: (values: Values) => Promise<unknown>; isPending: boolean; isSuccess: boolean };
  submitText: string;
  pendingText: string;
  children: ReactNode;
}

/** The frame of the forms behind a one-time link. */
export function DoorForm<Values extends FieldValues>({
  form,
  fields,
  enter,
  submitText,
  pendingText,
  children,
}: DoorFormProps<Values>) {
  const isHydrated = useHydrated();
  const fault = form.formState.errors.root?.message;

  async function submit(values: Values) {
    try {
      await enter.mutateAsync(values);
    } catch (error) {
      if (applyFieldErrors(error, fields, form.setError)) return;
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
      {fault ? (
        <Notice tone="bad" live="assertive">
          {fault}
        </Notice>
      ) : null}
      {children}
      <Button
        type="submit"
        variant="primary"
        disabled={!isHydrated}
        pending={enter.isPending || enter.isSuccess}
        pendingText={pendingText}
      >
        {submitText}
      </Button>
    </form>
  );
}
