'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bulkPreviewQuery, useStartBulkRun } from '@/lib/client/bulk';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { type BulkAction, MOST_BULK_KEYS } from '@/lib/domain/bulk/bulk-action';
import { formatCount } from '@/lib/utils/format-number';
import { EMPTY_BULK_FORM, readBulkForm } from './bulk-form';
import { useSettled } from './use-settled';

const TYPING_MS = 300;

/** The wish, the server's preview of it, and its start. What was looked at is what runs. */
export function useBulkPlan(kind: BulkAction['kind'], keyIds: readonly number[]) {
  const [form, setForm] = useState(EMPTY_BULK_FORM);
  const [confirmation, setConfirmation] = useState('');
  const [reason, setReason] = useState('');
  const isTooMany = keyIds.length > MOST_BULK_KEYS;
  const typed = readBulkForm(kind, form);
  const settledForm = useSettled(form, TYPING_MS);
  const { action } = readBulkForm(kind, settledForm);
  const query = useQuery({
    ...bulkPreviewQuery(keyIds, isTooMany ? null : action),
    placeholderData: keepPreviousData,
  });
  const start = useStartBulkRun();

  const preview = typed.action === null ? null : (query.data ?? null);
  const isFresh = settledForm === form && !query.isFetching && !query.isPlaceholderData;
  const isConfirmed = preview?.confirmation == null || confirmation.trim() === preview.confirmation;
  const isReady = preview !== null && isFresh && preview.changes > 0 && isConfirmed;

  /** The id of the run; null when it did not start, which `startError` then tells. */
  async function begin(): Promise<string | null> {
    if (!isReady || action === null) return null;
    const input = { keyIds: [...keyIds], action, digest: preview.digest, confirmation, reason };
    return start.mutateAsync(input).then(
      ({ runId }) => runId,
      () => null,
    );
  }

  return {
    form,
    setForm,
    confirmation,
    setConfirmation,
    reason,
    setReason,
    fault: isTooMany ? `Choose ${formatCount(MOST_BULK_KEYS)} keys at most.` : typed.fault,
    preview,
    isFresh,
    isReady,
    previewError: query.error ? outcomeErrorOf(query.error) : null,
    startError: start.error ? outcomeErrorOf(start.error) : null,
    isStarting: start.isPending,
    begin,
  };
}
