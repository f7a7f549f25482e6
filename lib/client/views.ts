'use client';

import { queryOptions, useMutation } from '@tanstack/react-query';
import { updatePreferencesAction } from '@/lib/actions/people';
import { createViewAction, deleteViewAction, listViewsAction, updateViewAction } from '@/lib/actions/views';
import type { TablePreference } from '@/lib/domain/people/preferences';
import type { SavedView, ViewPage } from '@/lib/domain/views/saved-view';
import { unwrap } from './outcome';
import { useVerb } from './use-verb';

/** One's own saved views of a page; the page brings the first answer along. */
export function viewsQuery(page: ViewPage, initialData: readonly SavedView[]) {
  return queryOptions({
    queryKey: ['views', page],
    queryFn: async () => unwrap(await listViewsAction({ page })),
    initialData,
  });
}

const MAY_CHANGE = [['views']];

export const useCreateView = () => useVerb(createViewAction, MAY_CHANGE);
export const useUpdateView = () => useVerb(updateViewAction, MAY_CHANGE);
export const useDeleteView = () => useVerb(deleteViewAction, MAY_CHANGE);

/** Keeps which columns of a table are shown and in which order, for this person. */
export function useSaveColumns(table: string) {
  return useMutation({
    mutationFn: async (preference: TablePreference) =>
      unwrap(await updatePreferencesAction({ table, preference })),
  });
}
