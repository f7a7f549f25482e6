'use client';

import { queryOptions, useMutation } from '@tanstack/react-query';
import {
  collectHandOverAction,
  confirmCollectedAction,
  handOverNewKeyAction,
  listHandOversAction,
  revokeHandOverAction,
} from '@/lib/actions/hand-over';
import { unwrap } from './outcome';
import { useVerb } from './use-verb';

/** Hand-overs of one key, or the latest of all. Whether one was collected is looked at once a minute. */
export function handOversQuery(keyId?: number) {
  return queryOptions({
    queryKey: ['hand-overs', keyId ?? 'all'],
    queryFn: async () => unwrap(await listHandOversAction(keyId === undefined ? {} : { keyId })),
    refetchInterval: 60_000,
  });
}

const MAY_CHANGE = [['keys'], ['hand-overs']];

export const useHandOverNewKey = () => useVerb(handOverNewKeyAction, MAY_CHANGE);
export const useRevokeHandOver = () => useVerb(revokeHandOverAction, MAY_CHANGE);

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
