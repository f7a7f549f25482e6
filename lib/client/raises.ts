'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  endRaiseAction,
  extendRaiseAction,
  startRaiseAction,
  updateBaseLimitAction,
} from '@/lib/actions/raises';
import type { Outcome } from '@/lib/domain/outcome';
import type { KeyRaises } from '@/lib/domain/raises/raise-view';
import { fetchOutcome, unwrap } from './outcome';

const SOON_MS = 5_000;
const IDLE_MS = 30_000;

/** The raises of a key; asked for often while one is about to end or late. */
export function keyRaisesQuery(keyId: number) {
  return queryOptions({
    queryKey: ['raises', 'key', keyId],
    queryFn: ({ signal }) => fetchOutcome<KeyRaises>(`/api/keys/${keyId}/raises`, signal),
    refetchInterval: ({ state: { data } }) => {
      const soon = Date.now() + IDLE_MS;
      const isClose = data?.open.some(
        ({ endsAt, state }) => state === 'planned' || Date.parse(endsAt) < soon,
      );
      return isClose ? SOON_MS : IDLE_MS;
    },
  });
}

function useRaiseMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['raises'] }),
        client.invalidateQueries({ queryKey: ['drift'] }),
        client.invalidateQueries({ queryKey: ['keys'] }),
        client.invalidateQueries({ queryKey: ['changes', 'open'] }),
      ]),
  });
}

export const useStartRaise = () => useRaiseMutation(startRaiseAction);
export const useExtendRaise = () => useRaiseMutation(extendRaiseAction);
export const useEndRaise = () => useRaiseMutation(endRaiseAction);
export const useUpdateBaseLimit = () => useRaiseMutation(updateBaseLimitAction);
