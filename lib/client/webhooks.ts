'use client';

import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  createWebhookAction,
  removeWebhookAction,
  rotateWebhookSecretAction,
  sendAgainAction,
  setWebhookEnabledAction,
  testWebhookAction,
  updateWebhookAction,
} from '@/lib/actions/webhooks';
import type { DeliveriesView, DeliveryState } from '@/lib/domain/notifications/delivery';
import type { WebhookView } from '@/lib/domain/notifications/webhook-view';
import type { Outcome } from '@/lib/domain/outcome';
import { fetchOutcome, unwrap } from './outcome';

const WAITING_MS = 3_000;
const IDLE_MS = 20_000;

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => fetchOutcome<readonly WebhookView[]>('/api/webhooks', signal),
});

/** The log; asked often while something in it is still to go out. */
export function deliveriesQuery({ state, limit }: { state: DeliveryState | null; limit: number }) {
  return queryOptions({
    queryKey: ['deliveries', { state, limit }],
    queryFn: ({ signal }) =>
      fetchOutcome<DeliveriesView>(`/api/deliveries?limit=${limit}${state ? `&state=${state}` : ''}`, signal),
    refetchInterval: (query) =>
      query.state.data?.items.some((item) => item.state === 'waiting') ? WAITING_MS : IDLE_MS,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

function useWebhookMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    // Inputs hold addresses that are secrets, and answers hold signing secrets: forget both with the form.
    gcTime: 0,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
        client.invalidateQueries({ queryKey: ['deliveries'] }),
      ]),
  });
}

export const useCreateWebhook = () => useWebhookMutation(createWebhookAction);
export const useUpdateWebhook = () => useWebhookMutation(updateWebhookAction);
export const useSetWebhookEnabled = () => useWebhookMutation(setWebhookEnabledAction);
export const useRotateWebhookSecret = () => useWebhookMutation(rotateWebhookSecretAction);
export const useRemoveWebhook = () => useWebhookMutation(removeWebhookAction);
export const useTestWebhook = () => useWebhookMutation(testWebhookAction);
export const useSendAgain = () => useWebhookMutation(sendAgainAction);
