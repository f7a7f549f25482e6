'use client';

import { queryOptions } from '@tanstack/react-query';
import {
  adoptDriftAction,
  ignoreDriftAction,
  putBackDriftAction,
  startDriftRunAction,
} from '@/lib/actions/drift';
import type { DriftList } from '@/lib/domain/drift/drift-view';
import { fetchOutcome } from './outcome';
import { useVerb } from './use-verb';

const MOVING_MS = 3_000;
const RESTING_MS = 30_000;

/** Asked often while a bulk change decides on some of it. */
function paceOf({ state: { data } }: { state: { data: DriftList | undefined } }): number {
  return data?.items.some(({ runId }) => runId !== null) ? MOVING_MS : RESTING_MS;
}

/** What was changed outside and waits for a decision, or was put off. */
export function driftQuery(isIgnored: boolean) {
  return queryOptions({
    queryKey: ['drift', isIgnored ? 'put-off' : 'waiting'],
    queryFn: ({ signal }) => fetchOutcome<DriftList>(`/api/drift${isIgnored ? '?put-off=1' : ''}`, signal),
    refetchInterval: paceOf,
  });
}

/** What waits about one key. */
export function keyDriftQuery(keyId: number) {
  return queryOptions({
    queryKey: ['drift', 'key', keyId],
    queryFn: ({ signal }) => fetchOutcome<DriftList>(`/api/keys/${keyId}/drift`, signal),
    refetchInterval: paceOf,
  });
}

const MAY_CHANGE = [['drift'], ['bulk'], ['raises'], ['keys'], ['changes', 'open']];

export const useAdoptDrift = () => useVerb(adoptDriftAction, MAY_CHANGE);
export const useIgnoreDrift = () => useVerb(ignoreDriftAction, MAY_CHANGE);
export const usePutBackDrift = () => useVerb(putBackDriftAction, MAY_CHANGE);
export const useStartDriftRun = () => useVerb(startDriftRunAction, MAY_CHANGE);
