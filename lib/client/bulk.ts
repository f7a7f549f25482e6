'use client';

import { queryOptions } from '@tanstack/react-query';
import {
  cancelBulkRunAction,
  pauseBulkRunAction,
  previewBulkAction,
  resumeBulkRunAction,
  retryBulkRunAction,
  startBulkRunAction,
  undoBulkRunAction,
} from '@/lib/actions/bulk';
import type { BulkAction } from '@/lib/domain/bulk/bulk-action';
import {
  type BulkItemState,
  type BulkRunSummary,
  type BulkRunView,
  isBulkRunMoving,
} from '@/lib/domain/bulk/bulk-view';
import { fetchOutcome, unwrap } from './outcome';
import { useVerb } from './use-verb';

const MOVING_MS = 2_000;
const RESTING_MS = 20_000;

/** What a bulk change would do to these keys; asked afresh, since it is what will run. */
export function bulkPreviewQuery(keyIds: readonly number[], action: BulkAction | null) {
  return queryOptions({
    queryKey: ['bulk', 'preview', action, keyIds],
    queryFn: async () => {
      if (action === null) return null;
      return unwrap(await previewBulkAction({ keyIds: [...keyIds], action }));
    },
    enabled: action !== null,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** A run with one page of its keys; asked often while something of it is still to come. */
export function bulkRunQuery(runId: string, page: number, state: BulkItemState | null) {
  const query = `page=${page}${state === null ? '' : `&state=${state}`}`;
  return queryOptions({
    queryKey: ['bulk', 'run', runId, page, state],
    queryFn: ({ signal }) => fetchOutcome<BulkRunView>(`/api/bulk/${runId}?${query}`, signal),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data && !isBulkRunMoving(data) ? RESTING_MS : MOVING_MS),
  });
}

export const bulkRunsQuery = queryOptions({
  queryKey: ['bulk', 'runs'],
  queryFn: ({ signal }) => fetchOutcome<readonly BulkRunSummary[]>('/api/bulk', signal),
  staleTime: 0,
  refetchInterval: ({ state: { data } }) => (data?.some(isBulkRunMoving) ? MOVING_MS : RESTING_MS),
});

const MAY_CHANGE = [['bulk']];

export const useStartBulkRun = () => useVerb(startBulkRunAction, MAY_CHANGE);
export const usePauseBulkRun = () => useVerb(pauseBulkRunAction, MAY_CHANGE);
export const useResumeBulkRun = () => useVerb(resumeBulkRunAction, MAY_CHANGE);
export const useCancelBulkRun = () => useVerb(cancelBulkRunAction, MAY_CHANGE);
export const useRetryBulkRun = () => useVerb(retryBulkRunAction, MAY_CHANGE);
export const useUndoBulkRun = () => useVerb(undoBulkRunAction, MAY_CHANGE);
