'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  collectHandOverAction,
  confirmCollectedAction,
  handOverNewKeyAction,
  listHandOversAction,
  revokeHandOverAction,
} from '@/lib/actions/hand-over';
import type { Outcome } from '@/lib/domain/outcome';
import { unwrap } from './outcome';

/** Hand-overs of one key, or the latest of all. Whether one was collected is looked at once a minute. */
export function handOversQuery(keyId?: number) {
  return queryOptions({
    queryKey: ['hand-overs', keyId ?? 'all'],
    queryFn: async () => unwrap(await listHandOversAction(keyId === undefined ? {} : { keyId })),
    refetchInterval: 60_000,
  });
}

function useHandOverMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    // A link in an answer must not outlive the component that shows it.
    gcTime: 0,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['keys'] }),
        client.invalidateQueries({ queryKey: ['hand-overs'] }),
      ]),
  });
}

export const useHandOverNewKey = () => useHandOverMutation(handOverNewKeyAction);
export const useRevokeHandOver = () => useHandOverMutation(revokeHandOverAction);

/** Tells that a collected secret stands on the screen; tried again a few times, since its key is stopped otherwise. */
export function useConfirmCollected() {
  return useMutation({
    mutationFn: async (input: Parameters<typeof confirmCollectedAction>[0]) =>
      unwrap(await confirmCollectedAction(input)),
    retry: 5,
  });
}

/** The secret is answered once: the caller takes it and resets the mutation at once. */
export function useCollectHandOver() {
  return useMutation({
    mutationFn: async (input: Parameters<typeof collectHandOverAction>[0]) =>
      unwrap(await collectHandOverAction(input)),
    gcTime: 0,
  });
}
