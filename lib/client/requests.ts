'use client';

import { queryOptions } from '@tanstack/react-query';
import {
  answerRequestAction,
  approveRequestAction,
  askBackRequestAction,
  collectRequestSecretAction,
  commentOnRequestAction,
  confirmRequestSecretAction,
  createRequestAction,
  declineRequestAction,
  editRequestAction,
  retryRequestAction,
  updateRequestRulesAction,
  withdrawRequestAction,
} from '@/lib/actions/requests';
import type { RequestView } from '@/lib/domain/requests/request-view';
import { fetchOutcome } from './outcome';
import { useVerb } from './use-verb';

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

const MAY_CHANGE = [['requests'], ['keys'], ['changes', 'open']];

export const useCreateRequest = () => useVerb(createRequestAction, MAY_CHANGE);
export const useEditRequest = () => useVerb(editRequestAction, MAY_CHANGE);
export const useApproveRequest = () => useVerb(approveRequestAction, MAY_CHANGE);
export const useDeclineRequest = () => useVerb(declineRequestAction, MAY_CHANGE);
export const useAskBackRequest = () => useVerb(askBackRequestAction, MAY_CHANGE);
export const useAnswerRequest = () => useVerb(answerRequestAction, MAY_CHANGE);
export const useCommentOnRequest = () => useVerb(commentOnRequestAction, MAY_CHANGE);
export const useWithdrawRequest = () => useVerb(withdrawRequestAction, MAY_CHANGE);
export const useRetryRequest = () => useVerb(retryRequestAction, MAY_CHANGE);
export const useUpdateRequestRules = () => useVerb(updateRequestRulesAction, MAY_CHANGE);
/** The secret is answered once: the caller takes it and resets the mutation at once. */
export const useCollectRequestSecret = () => useVerb(collectRequestSecretAction, MAY_CHANGE);
export const useConfirmRequestSecret = () => useVerb(confirmRequestSecretAction, MAY_CHANGE);
