'use client';

import { queryOptions, useMutation } from '@tanstack/react-query';
import {
  confirmSecretAction,
  createKeyAction,
  deleteKeyAction,
  getKeyUseAction,
  renameKeyAction,
  setKeyDisabledAction,
  updateKeyExpiryAction,
  updateKeyLabelsAction,
  updateKeyLimitAction,
} from '@/lib/actions/keys';
import { assignKeysAction } from '@/lib/actions/teams';
import type { Assignees } from '@/lib/domain/keys/assignees';
import { firstKeysPath } from '@/lib/domain/keys/first-keys';
import type { KeyDay } from '@/lib/domain/keys/key-days';
import type { KeyDetail } from '@/lib/domain/keys/key-detail';
import { decodeKeysTable, type KeyRow, type KeysTableWire } from '@/lib/domain/keys/keys-table';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { fetchOutcome, unwrap } from './outcome';
import { useVerb } from './use-verb';

export type KeysTable = KeysTableWire & { readonly rows: readonly KeyRow[] };

function decode(wire: KeysTableWire): KeysTable {
  return { ...wire, rows: decodeKeysTable(wire) };
}

/** The whole key table, once, and anew after each read; filters and sorting happen in the browser. */
export const keysTableQuery = queryOptions({
  queryKey: ['keys', 'table'],
  queryFn: ({ signal }) => fetchOutcome<KeysTableWire>('/api/keys', signal),
  select: decode,
});

/** The rows at the top of a very long table, with the filters of its address. */
export function firstKeysQuery(query: string) {
  return queryOptions({
    queryKey: ['keys', 'first', query],
    queryFn: ({ signal }) => fetchOutcome<KeysTableWire>(firstKeysPath(query), signal),
    select: decode,
  });
}

/** What still uses a key; asked afresh whenever someone is about to stop it. */
export function keyUseQuery(keyId: number) {
  return queryOptions({
    queryKey: ['keys', 'use', keyId],
    queryFn: async () => unwrap(await getKeyUseAction({ keyId })),
    staleTime: 0,
  });
}

/** A key's facts and latest changes. */
export function keyDetailQuery(keyId: number) {
  return queryOptions({
    queryKey: ['keys', 'detail', keyId],
    queryFn: ({ signal }) => fetchOutcome<KeyDetail>(`/api/keys/${keyId}`, signal),
    staleTime: 0,
  });
}

export const assigneesQuery = queryOptions({
  queryKey: ['assignees'],
  queryFn: ({ signal }) => fetchOutcome<Assignees>('/api/keys/assignees', signal),
});

/** Every day of a key in a range, for its chart and for the limit editor. */
export function keyDaysQuery(keyId: number, from: UtcDay, to: UtcDay) {
  return queryOptions({
    queryKey: ['keys', 'days', keyId, from, to],
    queryFn: ({ signal }) =>
      fetchOutcome<readonly KeyDay[]>(`/api/keys/${keyId}/days?from=${from}&to=${to}`, signal),
  });
}

/** A lost answer leaves a change that is still being checked. */
const MAY_CHANGE = [['keys'], ['changes', 'open']];

/** Tells that a new secret stands on the screen; tried again a few times, since its key is stopped otherwise. */
export function useConfirmSecret() {
  return useMutation({
    mutationFn: async (changeId: string) => unwrap(await confirmSecretAction({ changeId })),
    retry: 5,
  });
}

export const useCreateKey = () => useVerb(createKeyAction, MAY_CHANGE);
export const useUpdateKeyLimit = () => useVerb(updateKeyLimitAction, MAY_CHANGE);
export const useRenameKey = () => useVerb(renameKeyAction, MAY_CHANGE);
export const useSetKeyDisabled = () => useVerb(setKeyDisabledAction, MAY_CHANGE);
export const useUpdateKeyLabels = () => useVerb(updateKeyLabelsAction, MAY_CHANGE);
export const useUpdateKeyExpiry = () => useVerb(updateKeyExpiryAction, MAY_CHANGE);
export const useDeleteKey = () => useVerb(deleteKeyAction, MAY_CHANGE);
export const useAssignKeys = () => useVerb(assignKeysAction, MAY_CHANGE);
