'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { adoptDriftAction, ignoreDriftAction, putBackDriftAction } from '@/lib/actions/drift';
import type { DriftList } from '@/lib/domain/drift/drift-view';
import type { Outcome } from '@/lib/domain/outcome';
import { fetchOutcome, unwrap } from './outcome';

/** What was changed outside and waits for a decision, or was put off. */
export function driftQuery(isIgnored: boolean) {
  return queryOptions({
    queryKey: ['drift', isIgnored ? 'put-off' : 'waiting'],
    queryFn: ({ signal }) => fetchOutcome<DriftList>(`/api/drift${isIgnored ? '?put-off=1' : ''}`, signal),
    refetchInterval: 30_000,
  });
}

/** What waits about one key. */
export function keyDriftQuery(keyId: number) {
  return queryOptions({
    queryKey: ['drift', 'key', keyId],
    queryFn: ({ signal }) => fetchOutcome<DriftList>(`/api/keys/${keyId}/drift`, signal),
    refetchInterval: 30_000,
  });
}

function useDriftMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['drift'] }),
        client.invalidateQueries({ queryKey: ['raises'] }),
        client.invalidateQueries({ queryKey: ['keys'] }),
        client.invalidateQueries({ queryKey: ['changes', 'open'] }),
      ]),
  });
}

export const useAdoptDrift = () => useDriftMutation(adoptDriftAction);
export const useIgnoreDrift = () => useDriftMutation(ignoreDriftAction);
export const usePutBackDrift = () => useDriftMutation(putBackDriftAction);
