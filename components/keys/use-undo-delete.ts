'use client';

import { toast } from '@/components/ui/toaster';
import { useUndoDeleteKey } from '@/lib/client/deletions';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { toldChangeOf } from '@/lib/domain/changes/change-facts';
import type { RestoredKey } from '@/lib/domain/keys/deleted-key';
import { followChange } from './use-change-watch';

function told(name: string, { isEnabled, isSecretLost }: RestoredKey): string {
  if (isEnabled) return `${name} is enabled again and will not be deleted.`;
  const why = isSecretLost
    ? ' It stays disabled: nobody holds its secret.'
    : ' It stays disabled, as before.';
  return `${name} will not be deleted.${why}`;
}

/** Takes a waiting deletion back, and tells what came of it. */
export function useUndoDelete({ id, name }: { readonly id: number; readonly name: string }) {
  const undoing = useUndoDeleteKey();
  async function undo(): Promise<void> {
    try {
      toast(told(name, await undoing.mutateAsync({ keyId: id })));
    } catch (failure) {
      const error = outcomeErrorOf(failure);
      const change = toldChangeOf(error);
      if (change?.isOwn) followChange(change.changeId, error.message);
      else toast.error(error.message);
    }
  }
  return { undo, isPending: undoing.isPending };
}
