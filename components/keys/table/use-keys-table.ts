'use client';

import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { firstKeysQuery, type KeysTable, keysTableQuery } from '@/lib/client/keys';
import { canListFirst } from '@/lib/domain/keys/first-keys';
import type { KeysView } from './use-keys-view';

export type KeysTableState = {
  /** Every key. */
  readonly table: UseQueryResult<KeysTable>;
  /** Every key, or the first rows until they have come. */
  readonly shown: KeysTable | undefined;
};

/** The table; of very many keys the first rows come by themselves before. */
export function useKeysTable(hasMany: boolean, view: KeysView): KeysTableState {
  const isHere = useQueryClient().getQueryData(keysTableQuery.queryKey) !== undefined;
  const [asked] = useState(hasMany && canListFirst(view.filters, view.sort) ? view.query : null);
  const first = useQuery({ ...firstKeysQuery(asked ?? ''), enabled: asked !== null && !isHere });
  const table = useQuery({ ...keysTableQuery, enabled: asked === null || isHere || !first.isPending });
  const hasFirst = asked === view.query && first.data !== undefined && first.data.rows.length > 0;
  return { table, shown: table.data ?? (hasFirst ? first.data : undefined) };
}
