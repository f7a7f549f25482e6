'use client';

import { toast } from '@/components/ui/toaster';
import { useSetKeyDisabled, useUpdateKeyLimit } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { toldChangeOf } from '@/lib/domain/changes/change-facts';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { capped } from '@/lib/domain/limits/limit';
import { formatUsd } from '@/lib/utils/format-money';
import { followChange } from './use-change-watch';

export type StopKey = {
  /** "Disable", or the lowest cap where the provider cannot disable; null when it is stopped already. */
  readonly label: string | null;
  readonly isPending: boolean;
  /** Stops the key; the message offers the way back. True when it took effect. */
  readonly stop: () => Promise<boolean>;
  readonly enable: () => Promise<boolean>;
};

/** The quickest way to stop a key that can be undone. */
export function useStopKey(row: KeyRow): StopKey {
  const disabling = useSetKeyDisabled();
  const limiting = useUpdateKeyLimit();
  const { capabilities } = row.connection;
  const lowest = capped(capabilities.lowestCap, capabilities.limitPeriods[0]);

  async function attempt(work: () => Promise<unknown>, done: string, undo?: () => Promise<boolean>) {
    try {
      await work();
      toast(done, undo ? { action: { label: 'Undo', onClick: () => void undo() } } : undefined);
      return true;
    } catch (failure) {
      const error = outcomeErrorOf(failure);
      const told = toldChangeOf(error);
      if (told?.isOwn) followChange(told.changeId, error.message);
      else toast.error(error.message);
      return false;
    }
  }

  const setDisabled = (isDisabled: boolean) => disabling.mutateAsync({ keyId: row.id, isDisabled });
  const enable = () => attempt(() => setDisabled(false), `${row.name} is enabled again.`);
  const disable = () => attempt(() => setDisabled(true), `${row.name} is disabled.`, enable);

  const setLimit = (from: KeyRow['limit'], to: KeyRow['limit']) =>
    limiting.mutateAsync({
      keyId: row.id,
      seen: { limit: from, includeByokInLimit: row.includeByokInLimit },
      limit: to,
    });
  const cap = () =>
    attempt(
      () => setLimit(row.limit, lowest),
      `${row.name} is capped at ${formatUsd(capabilities.lowestCap)}: it stops once that is spent.`,
      () => attempt(() => setLimit(lowest, row.limit), `${row.name} has its limit back.`),
    );

  const isCapped = row.limit.kind === 'capped' && row.limit.amount === capabilities.lowestCap;
  const isStopped = capabilities.disable.can ? row.isDisabled : isCapped;
  const label = capabilities.disable.can ? 'Disable' : `Cap at ${formatUsd(capabilities.lowestCap)}`;
  return {
    label: isStopped || row.isOwnKey ? null : label,
    isPending: disabling.isPending || limiting.isPending,
    stop: capabilities.disable.can ? disable : cap,
    enable,
  };
}
