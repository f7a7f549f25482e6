'use client';

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { cancelReadAction, requestReadAction } from '@/lib/actions/reads';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import type { ReadHistoryView } from '@/lib/domain/connections/read-history';
import type { Outcome } from '@/lib/domain/outcome';
import type { FreshnessView } from '@/lib/domain/usage/freshness-view';
import { fetchOutcome, unwrap } from './outcome';

const READING_MS = 2_000;
const IDLE_MS = 15_000;

/** How old what one sees is, and what is being read; asked often while a read runs. */
export const freshnessQuery = queryOptions({
  queryKey: ['freshness'],
  queryFn: ({ signal }) => fetchOutcome<FreshnessView>('/api/freshness', signal),
  refetchInterval: ({ state }) => (state.data?.isReading ? READING_MS : IDLE_MS),
  staleTime: 0,
});

export function connectionReadsQuery(connectionId: number) {
  return queryOptions({
    queryKey: ['connections', connectionId, 'reads'],
    queryFn: ({ signal }) =>
      fetchOutcome<readonly ReadHistoryView[]>(`/api/connections/${connectionId}/reads`, signal),
  });
}

/** Tells one state of the last finished reads from another. */
function finishedMark(view: FreshnessView): string {
  return view.connections
    .flatMap(({ id, keysRead, usageRead }) => [
      id,
      keysRead.lastCompleteAt,
      keysRead.finishedAt,
      usageRead.lastCompleteAt,
      usageRead.finishedAt,
    ])
    .join('|');
}

/** The freshness, live; used once, by the frame. When a read has ended, whatever is on the page is fetched anew. */
export function useFreshness(initial?: FreshnessView): FreshnessView | undefined {
  const client = useQueryClient();
  const { data } = useQuery(
    initial === undefined ? freshnessQuery : { ...freshnessQuery, initialData: initial, staleTime: IDLE_MS },
  );
  const mark = data === undefined ? null : finishedMark(data);
  const seen = useRef(mark);
  useEffect(() => {
    if (mark === seen.current) return;
    const isFirst = seen.current === null;
    seen.current = mark;
    if (isFirst) return;
    void client.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] !== freshnessQuery.queryKey[0],
    });
  }, [client, mark]);
  return data;
}

/** A connection with its reads as they stand this moment. */
export function withFreshness(view: ConnectionView, freshness: FreshnessView | undefined): ConnectionView {
  const fresh = freshness?.connections.find((item) => item.id === view.id);
  return fresh ? { ...view, keysRead: fresh.keysRead, usageRead: fresh.usageRead } : view;
}

const START_MS = 1_000;

function useReadMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  const look = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: freshnessQuery.queryKey }),
      client.invalidateQueries({ queryKey: ['connections'] }),
    ]);
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    onSuccess: () => {
      // A read starts, and stops, a moment after it was asked to.
      setTimeout(() => void look(), START_MS);
    },
    onSettled: look,
  });
}

export const useRequestRead = () => useReadMutation(requestReadAction);
export const useCancelRead = () => useReadMutation(cancelReadAction);
