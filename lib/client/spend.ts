'use client';

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type SpendQuery, writeSpendQuery } from '@/lib/domain/spend/spend-query';
import type { SpendView } from '@/lib/domain/spend/spend-view';
import { fetchOutcome } from './outcome';

/** What the server drew the page with, so that the browser does not ask for it again. */
export type InitialSpend = { readonly query: SpendQuery; readonly view: SpendView };

/** Spend of a range, in one call. What was shown stays in sight until the new figures are here. */
export function spendQuery(query: SpendQuery, initial: InitialSpend | null) {
  const search = writeSpendQuery(query);
  const isInitial = initial !== null && writeSpendQuery(initial.query) === search;
  return queryOptions({
    queryKey: ['spend', search],
    queryFn: ({ signal }) => fetchOutcome<SpendView>(`/api/spend?${search}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    ...(isInitial ? { initialData: initial.view, initialDataUpdatedAt: Date.parse(initial.view.asOf) } : {}),
  });
}
