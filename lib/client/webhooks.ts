'use client';

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
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
import { fetchOutcome } from './outcome';
import { useVerb } from './use-verb';

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

const MAY_CHANGE = [webhooksQuery.queryKey, ['deliveries']];

export const useCreateWebhook = () => useVerb(createWebhookAction, MAY_CHANGE);
export const useUpdateWebhook = () => useVerb(updateWebhookAction, MAY_CHANGE);
export const useSetWebhookEnabled = () => useVerb(setWebhookEnabledAction, MAY_CHANGE);
export const useRotateWebhookSecret = () => useVerb(rotateWebhookSecretAction, MAY_CHANGE);
export const useRemoveWebhook = () => useVerb(removeWebhookAction, MAY_CHANGE);
export const useTestWebhook = () => useVerb(testWebhookAction, MAY_CHANGE);
export const useSendAgain = () => useVerb(sendAgainAction, MAY_CHANGE);
