'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { updatePreferencesAction } from '@/lib/actions/people';
import { createViewAction, deleteViewAction, listViewsAction, updateViewAction } from '@/lib/actions/views';
import type { Outcome } from '@/lib/domain/outcome';
import type { TablePreference } from '@/lib/domain/people/preferences';
import type { SavedView, ViewPage } from '@/lib/domain/views/saved-view';
import { unwrap } from './outcome';

/** One's own saved views of a page; the page brings the first answer along. */
export function viewsQuery(page: ViewPage, initialData: readonly SavedView[]) {
  return queryOptions({
    queryKey: ['views', page],
    queryFn: async () => unwrap(await listViewsAction({ page })),
    initialData,
  });
}

function useViewMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['views'] }),
  });
}

export const useCreateView = () => useViewMutation(createViewAction);
export const useUpdateView = () => useViewMutation(updateViewAction);
export const useDeleteView = () => useViewMutation(deleteViewAction);

/** Keeps which columns of a table are shown and in which order, for this person. */
export function useSaveColumns(table: string) {
  return useMutation({
    mutationFn: async (preference: TablePreference) =>
      unwrap(await updatePreferencesAction({ table, preference })),
  });
}
