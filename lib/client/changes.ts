'use client';

import { queryOptions } from '@tanstack/react-query';
import { decideLostCreateAction } from '@/lib/actions/changes';
import { type ChangeView, isOpenPhase } from '@/lib/domain/changes/change-view';
import { fetchOutcome } from './outcome';
import { useVerb } from './use-verb';

const CHECKING_MS = 2_000;
const IDLE_MS = 30_000;

/** One change, asked for again every two seconds until its outcome is known. */
export function changeQuery(changeId: string) {
  return queryOptions({
    queryKey: ['changes', 'one', changeId],
    queryFn: ({ signal }) => fetchOutcome<ChangeView>(`/api/changes/${changeId}`, signal),
    staleTime: 0,
    retry: false,
    refetchInterval: ({ state: { data } }) => (data && !isOpenPhase(data.phase) ? false : CHECKING_MS),
  });
}

/** Changes without a certain outcome, of one key or of all. */
export function openChangesQuery(keyId?: number) {
  return queryOptions({
    queryKey: ['changes', 'open', keyId ?? 'all'],
    queryFn: ({ signal }) =>
      fetchOutcome<readonly ChangeView[]>(
        keyId === undefined ? '/api/changes' : `/api/changes?keyId=${keyId}`,
        signal,
      ),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data && data.length > 0 ? CHECKING_MS : IDLE_MS),
  });
}

export const useDecideLostCreate = () =>
  useVerb(decideLostCreateAction, [['incidents'], ['changes'], ['keys']]);
