'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  answerRequestAction,
  approveRequestAction,
  askBackRequestAction,
  collectRequestSecretAction,
  commentOnRequestAction,
  confirmRequestSecretAction,
  createRequestAction,
  declineRequestAction,
  retryRequestAction,
  updateRequestRulesAction,
  withdrawRequestAction,
} from '@/lib/actions/requests';
import type { Outcome } from '@/lib/domain/outcome';
import type { RequestView } from '@/lib/domain/requests/request-view';
import { fetchOutcome, unwrap } from './outcome';

const CARRIED_OUT_MS = 2_000;
const IDLE_MS = 15_000;

/** One request, asked for often while it is being carried out. */
export function requestQuery(requestId: string) {
  return queryOptions({
    queryKey: ['requests', requestId],
    queryFn: ({ signal }) => fetchOutcome<RequestView>(`/api/requests/${requestId}`, signal),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.state === 'approved' ? CARRIED_OUT_MS : IDLE_MS),
  });
}

function useRequestMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    gcTime: 0,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['requests'] }),
        client.invalidateQueries({ queryKey: ['keys'] }),
        client.invalidateQueries({ queryKey: ['changes', 'open'] }),
      ]),
  });
}

export const useCreateRequest = () => useRequestMutation(createRequestAction);
export const useApproveRequest = () => useRequestMutation(approveRequestAction);
export const useDeclineRequest = () => useRequestMutation(declineRequestAction);
export const useAskBackRequest = () => useRequestMutation(askBackRequestAction);
export const useAnswerRequest = () => useRequestMutation(answerRequestAction);
export const useCommentOnRequest = () => useRequestMutation(commentOnRequestAction);
export const useWithdrawRequest = () => useRequestMutation(withdrawRequestAction);
export const useRetryRequest = () => useRequestMutation(retryRequestAction);
export const useUpdateRequestRules = () => useRequestMutation(updateRequestRulesAction);
/** The secret is answered once: the caller takes it and resets the mutation at once. */
export const useCollectRequestSecret = () => useRequestMutation(collectRequestSecretAction);
export const useConfirmRequestSecret = () => useRequestMutation(confirmRequestSecretAction);
