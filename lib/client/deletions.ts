'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  countLastHourAction,
  getDeleteGraceAction,
  listWaitingDeletionsAction,
  undoDeleteKeyAction,
  updateDeleteGraceAction,
} from '@/lib/actions/deletions';
import type { DeleteGrace } from '@/lib/domain/keys/delete-grace';
import { unwrap } from './outcome';

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

export function useUndoDeleteKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: { keyId: number }) => unwrap(await undoDeleteKeyAction(input)),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['keys'] }),
        client.invalidateQueries({ queryKey: ['changes', 'open'] }),
      ]),
  });
}

export function useUpdateDeleteGrace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: DeleteGrace) => unwrap(await updateDeleteGraceAction(input)),
    onSettled: () => client.invalidateQueries({ queryKey: ['deletions'] }),
  });
}
