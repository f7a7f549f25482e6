'use client';

import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { chooseMailAction, markAllReadAction, markReadAction } from '@/lib/actions/notifications';
import type { NotificationsView } from '@/lib/domain/notifications/notification-view';
import type { Outcome } from '@/lib/domain/outcome';
import { fetchOutcome, unwrap } from './outcome';

const POLL_MS = 20_000;
const NOTIFICATIONS = ['notifications'];

/** How many are unread, asked every 20 seconds while the page is in sight, and after what one does oneself. */
export const unreadQuery = queryOptions({
  queryKey: [...NOTIFICATIONS, 'unread'],
  queryFn: ({ signal }) => fetchOutcome<{ readonly unread: number }>('/api/notifications/unread', signal),
  refetchInterval: POLL_MS,
  // The page comes with the figure: it is not asked for again at once.
  staleTime: 10_000,
});

export type NotificationsInput = { readonly isUnreadOnly: boolean; readonly limit: number };

export function notificationsQuery({ isUnreadOnly, limit }: NotificationsInput) {
  return queryOptions({
    queryKey: [...NOTIFICATIONS, 'list', { isUnreadOnly, limit }],
    queryFn: ({ signal }) =>
      fetchOutcome<NotificationsView>(
        `/api/notifications?limit=${limit}${isUnreadOnly ? '&unread=1' : ''}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

function useMark<Input>(action: (input: Input) => Promise<Outcome<{ readonly unread: number }>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    onSuccess: (count) => {
      client.setQueryData(unreadQuery.queryKey, count);
      return client.invalidateQueries({ queryKey: NOTIFICATIONS });
    },
  });
}

export const useMarkRead = () => useMark(markReadAction);
export const useMarkAllRead = () => useMark(markAllReadAction);

export function useChooseMail() {
  return useMutation({
    mutationFn: async (input: Parameters<typeof chooseMailAction>[0]) =>
      unwrap(await chooseMailAction(input)),
  });
}
