'use client';

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { KeyUsage } from '@/lib/domain/keys/key-usage';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { fetchOutcome } from './outcome';

/**
 * What a key did in a range of UTC days, by model, or its whole line of succession, by key; the former range stays
 * drawn until the next one is there.
 */
export function keyUsageQuery(keyId: number, from: UtcDay, to: UtcDay, isWholeLine = false) {
  return queryOptions({
    queryKey: ['keys', 'usage', keyId, from, to, isWholeLine],
    queryFn: ({ signal }) =>
      fetchOutcome<KeyUsage>(
        `/api/keys/${keyId}/usage?from=${from}&to=${to}${isWholeLine ? '&line=1' : ''}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 120_000,
  });
}
