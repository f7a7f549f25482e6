'use client';

import { queryOptions } from '@tanstack/react-query';
import {
  goBackAction,
  previewRotationAction,
  retireNowAction,
  startRotationAction,
  updateRotationPolicyAction,
  waitLongerAction,
} from '@/lib/actions/rotation';
import type { KeyRotation } from '@/lib/domain/rotation/rotation-view';
import { fetchOutcome, unwrap } from './outcome';
import { useVerb } from './use-verb';

const UNDER_WAY_MS = 10_000;
const IDLE_MS = 120_000;

/** A key's line of succession and its rotation; looked at often while one is under way. */
export function keyRotationQuery(keyId: number) {
  return queryOptions({
    queryKey: ['keys', 'rotation', keyId],
    queryFn: ({ signal }) => fetchOutcome<KeyRotation>(`/api/keys/${keyId}/rotation`, signal),
    refetchInterval: ({ state: { data } }) => (data?.rotation?.isOpen ? UNDER_WAY_MS : IDLE_MS),
  });
}

/** What a rotation would make and cannot take along; asked afresh whenever the dialog opens. */
export function rotationPreviewQuery(keyId: number) {
  return queryOptions({
    queryKey: ['keys', 'rotation-preview', keyId],
    queryFn: async () => unwrap(await previewRotationAction({ keyId })),
    staleTime: 0,
    gcTime: 0,
  });
}

const MAY_CHANGE = [['keys'], ['hand-overs'], ['changes', 'open']];

export const useStartRotation = () => useVerb(startRotationAction, MAY_CHANGE);
export const useWaitLonger = () => useVerb(waitLongerAction, MAY_CHANGE);
export const useRetireNow = () => useVerb(retireNowAction, MAY_CHANGE);
export const useGoBack = () => useVerb(goBackAction, MAY_CHANGE);
export const useUpdateRotationPolicy = () => useVerb(updateRotationPolicyAction, MAY_CHANGE);
