'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  goBackAction,
  previewRotationAction,
  retireNowAction,
  startRotationAction,
  updateRotationPolicyAction,
  waitLongerAction,
} from '@/lib/actions/rotation';
import type { Outcome } from '@/lib/domain/outcome';
import type { KeyRotation } from '@/lib/domain/rotation/rotation-view';
import { fetchOutcome, unwrap } from './outcome';

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

function useRotationMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    // A secret in an answer must not outlive the component that shows it.
    gcTime: 0,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['keys'] }),
        client.invalidateQueries({ queryKey: ['hand-overs'] }),
        client.invalidateQueries({ queryKey: ['changes', 'open'] }),
      ]),
  });
}

export const useStartRotation = () => useRotationMutation(startRotationAction);
export const useWaitLonger = () => useRotationMutation(waitLongerAction);
export const useRetireNow = () => useRotationMutation(retireNowAction);
export const useGoBack = () => useRotationMutation(goBackAction);
export const useUpdateRotationPolicy = () => useRotationMutation(updateRotationPolicyAction);
