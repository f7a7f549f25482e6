'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { toast } from '@/components/ui/toaster';
import { useCreateConnection, useTestConnection } from '@/lib/client/connections';
import { fieldErrorsOf, outcomeErrorOf } from '@/lib/client/outcome';
import { useRequestRead } from '@/lib/client/reads';
import { createConnectionSchema } from '@/lib/domain/connections/connection-input';
import type { ConnectionReportView } from '@/lib/domain/connections/connection-view';
import {
  type ConnectionForm,
  emptyConnectionForm,
  formFields,
  isSameTest,
  type TestedValues,
} from './connection-form-state';

type Report = { readonly of: TestedValues; readonly view: ConnectionReportView };

/** A report that falls as soon as what it speaks of is edited. */
function useReport(form: UseFormReturn<ConnectionForm>) {
  const [report, setReport] = useState<Report | null>(null);
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) =>
          setReport((current) => (current && isSameTest(current.of, values) ? current : null)),
      }),
    [form],
  );
  return [report, setReport] as const;
}

/** Puts messages beside their fields and the focus on the first; answers what belongs to no field. */
function placeErrors(form: UseFormReturn<ConnectionForm>, error: unknown): string | null {
  const byField = fieldErrorsOf(error);
  const told = formFields.filter((field) => byField[field] !== undefined);
  for (const field of told) form.setError(field, { message: byField[field]?.join(' ') ?? '' });
  const first = told.find((field) => field !== 'provider');
  if (first) form.setFocus(first);
  return told.length === 0 ? outcomeErrorOf(error).message : null;
}

/** The form of a new connection: tested first, then stored. */
export function useConnectionForm(takenNames: readonly string[]) {
  const router = useRouter();
  const test = useTestConnection();
  const create = useCreateConnection();
  const read = useRequestRead();
  const form = useForm<ConnectionForm>({
    resolver: zodResolver(createConnectionSchema),
    defaultValues: emptyConnectionForm(takenNames),
  });
  const [report, setReport] = useReport(form);
  const [failure, setFailure] = useState<string | null>(null);

  async function runTest({ provider, baseUrl, managementKey }: ConnectionForm) {
    const asked = { provider, baseUrl, managementKey };
    try {
      const view = await test.mutateAsync(asked);
      // Edited meanwhile: the answer speaks of something else.
      const typed = createConnectionSchema.safeParse(form.getValues());
      if (typed.success && isSameTest(typed.data, asked)) setReport({ of: form.getValues(), view });
    } catch (error) {
      setReport(null);
      setFailure(placeErrors(form, error));
    }
  }

  async function connect(values: ConnectionForm) {
    try {
      const { connectionId } = await create.mutateAsync(values);
      read.mutate(
        { connectionId },
        { onError: (error) => toast.error(`The first read did not start. ${outcomeErrorOf(error).message}`) },
      );
      router.push(`/connections/${connectionId}`);
    } catch (error) {
      // A taken name says nothing against what was found.
      if (fieldErrorsOf(error).name === undefined) setReport(null);
      setFailure(placeErrors(form, error));
    }
  }

  const start = (work: (values: ConnectionForm) => Promise<void>) =>
    form.handleSubmit((values) => {
      setFailure(null);
      return work(values);
    });

  return {
    form,
    failure,
    report: report?.view ?? null,
    isTesting: test.isPending,
    isConnecting: create.isPending || create.isSuccess,
    submit: start(report === null ? runTest : connect),
    testAgain: start(runTest),
  };
}
