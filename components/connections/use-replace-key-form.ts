'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { toast } from '@/components/ui/toaster';
import { useReplaceConnectionKey, useTestConnection } from '@/lib/client/connections';
import { fieldErrorsOf, outcomeErrorOf } from '@/lib/client/outcome';
import { managementKeySchema } from '@/lib/domain/connections/connection-input';
import type { ConnectionReportView, ConnectionView } from '@/lib/domain/connections/connection-view';

const formSchema = z.object({ managementKey: managementKeySchema });

/** Tests the typed key, then replaces the stored one; the report falls as soon as the key is edited. */
export function useReplaceKeyForm(connection: ConnectionView, onDone: () => void) {
  const test = useTestConnection();
  const replace = useReplaceConnectionKey();
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { managementKey: '' } });
  const [report, setReport] = useState<{ key: string; view: ConnectionReportView } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) =>
          setReport((current) => (current?.key === values.managementKey.trim() ? current : null)),
      }),
    [form],
  );

  function tell(error: unknown) {
    const messages = fieldErrorsOf(error).managementKey;
    if (messages) form.setError('managementKey', { message: messages.join(' ') }, { shouldFocus: true });
    else setFailure(outcomeErrorOf(error).message);
  }

  async function submit({ managementKey }: z.output<typeof formSchema>) {
    setFailure(null);
    try {
      if (report === null) {
        const { provider, baseUrl } = connection;
        const view = await test.mutateAsync({ provider, baseUrl, managementKey });
        if (form.getValues('managementKey').trim() === managementKey) setReport({ key: managementKey, view });
        return;
      }
      await replace.mutateAsync({ connectionId: connection.id, managementKey });
      toast(`${connection.name} now uses the key ending in …${managementKey.slice(-4)}.`);
      onDone();
    } catch (error) {
      setReport(null);
      tell(error);
    }
  }

  return {
    form,
    report: report?.view ?? null,
    failure,
    isTesting: test.isPending,
    isReplacing: replace.isPending,
    submit: form.handleSubmit(submit),
  };
}
