'use client';

import { queryOptions } from '@tanstack/react-query';
import {
  countLastHourAction,
  getDeleteGraceAction,
  listWaitingDeletionsAction,
  undoDeleteKeyAction,
  updateDeleteGraceAction,
} from '@/lib/actions/deletions';
import { unwrap } from './outcome';
import { useVerb } from './use-verb';

/** Requests of the last hour, asked of the provider whenever someone is about to delete the key. */
export function lastHourQuery(keyId: number) {
  return queryOptions({
    queryKey: ['keys', 'last-hour', keyId],
    queryFn: async () => unwrap(await countLastHourAction({ keyId })),
    staleTime: 0,
  });
}

export const deleteGraceQuery = queryOptions({
  queryKey: ['deletions', 'grace'],
  queryFn: async () => unwrap(await getDeleteGraceAction()),
});

/** Under `keys`, so that every change of a key asks anew. */
export const waitingDeletionsQuery = queryOptions({
  queryKey: ['keys', 'deletions'],
  queryFn: async () => unwrap(await listWaitingDeletionsAction()),
});

export const useUndoDeleteKey = () => useVerb(undoDeleteKeyAction, [['keys'], ['changes', 'open']]);

export const useUpdateDeleteGrace = () => useVerb(updateDeleteGraceAction, [['deletions']]);
