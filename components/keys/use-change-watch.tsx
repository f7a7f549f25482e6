'use client';

import { usePathname } from 'next/navigation';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { toldChangeOf } from '@/lib/domain/changes/change-facts';
import { isOpenPhase, mayAskAgain } from '@/lib/domain/changes/change-view';
import { ChangeCheck } from './change-check';
import { useChange } from './use-change';

/** Goes on telling of a change where no form is open: on whatever page the person stands. */
export function followChange(changeId: string, said: string): void {
  const id = `change-${changeId}`;
  toast(<ChangeCheck changeId={changeId} said={said} isPlain />, { id, duration: Number.POSITIVE_INFINITY });
}

export type ChangeWatch = {
  /** The same wish must not be sent again: it is being checked, or it took effect. */
  readonly isBlocked: boolean;
  /** For closing the form: what is still being checked is told on the page from then on. */
  readonly leave: () => void;
};

/** Watches the change that a form's failure tells of. */
export function useChangeWatch(failure: unknown): ChangeWatch {
  const pathname = usePathname();
  const error = failure ? outcomeErrorOf(failure) : null;
  const told = error && toldChangeOf(error);
  const change = useChange(told?.changeId ?? null);
  const isOpen = told !== null && (change === undefined || isOpenPhase(change.phase));
  const isBlocked = told?.isOwn === true && (change === undefined || !mayAskAgain(change));
  // The key's own page tells of it by itself.
  const isTold = change?.keyId != null && pathname === `/keys/${change.keyId}`;
  return {
    isBlocked,
    leave: () => {
      if (told?.isOwn && isOpen && !isTold && error) followChange(told.changeId, error.message);
    },
  };
}
