'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  createConnectionAction,
  removeConnectionAction,
  replaceConnectionKeyAction,
  setConnectionPausedAction,
  testConnectionAction,
  updateConnectionAction,
} from '@/lib/actions/connections';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import type { Outcome } from '@/lib/domain/outcome';
import { fetchOutcome, unwrap } from './outcome';

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => fetchOutcome<readonly ConnectionView[]>('/api/connections', signal),
});

function useConnectionMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    // The input holds a management key: forget it with the form.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries(),
  });
}

export const useTestConnection = () =>
  useMutation({
    mutationFn: async (input: Parameters<typeof testConnectionAction>[0]) =>
      unwrap(await testConnectionAction(input)),
    gcTime: 0,
  });
export const useCreateConnection = () => useConnectionMutation(createConnectionAction);
export const useUpdateConnection = () => useConnectionMutation(updateConnectionAction);
export const useReplaceConnectionKey = () => useConnectionMutation(replaceConnectionKeyAction);
export const useSetConnectionPaused = () => useConnectionMutation(setConnectionPausedAction);

/** Takes the connection off the list at once: its own page then asks for nothing that is gone. */
export function useRemoveConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Parameters<typeof removeConnectionAction>[0]) =>
      unwrap(await removeConnectionAction(input)),
    onSuccess: (_result, { connectionId }) => {
      client.setQueryData(connectionsQuery.queryKey, (all) => all?.filter(({ id }) => id !== connectionId));
      return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'connections' });
    },
  });
}
