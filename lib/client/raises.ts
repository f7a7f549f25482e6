'use client';

import { queryOptions } from '@tanstack/react-query';
import {
  endRaiseAction,
  extendRaiseAction,
  startRaiseAction,
  updateBaseLimitAction,
} from '@/lib/actions/raises';
import type { KeyRaises } from '@/lib/domain/raises/raise-view';
import { fetchOutcome } from './outcome';
import { useVerb } from './use-verb';

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

const MAY_CHANGE = [['raises'], ['drift'], ['keys'], ['changes', 'open']];

export const useStartRaise = () => useVerb(startRaiseAction, MAY_CHANGE);
export const useExtendRaise = () => useVerb(extendRaiseAction, MAY_CHANGE);
export const useEndRaise = () => useVerb(endRaiseAction, MAY_CHANGE);
export const useUpdateBaseLimit = () => useVerb(updateBaseLimitAction, MAY_CHANGE);
