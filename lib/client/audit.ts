'use client';

import { useMutation } from '@tanstack/react-query';
import type { ChainReport } from '@/lib/domain/audit/audit-chain';
import { fetchOutcome } from './outcome';

/** Walks the whole audit chain on the server; asked for, never by itself. */
export function useVerifyAudit() {
  return useMutation({ mutationFn: () => fetchOutcome<ChainReport>('/api/audit/verify') });
}
