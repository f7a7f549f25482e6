'use client';

import { useState } from 'react';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogFooter,
} from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useEndRaise } from '@/lib/client/raises';
import type { RaiseView } from '@/lib/domain/raises/raise-view';
import { limitText } from '@/lib/words/limit-words';

interface EndRaiseDialogProps {
  keyName: string;
  raise: RaiseView;
  /** Whether other raises of the key still hold afterwards. */
  hasOthers: boolean;
  onClose: () => void;
}

/** Ends a raise before its time. */
export function EndRaiseDialog({ keyName, raise: liveRaise, hasOthers, onClose }: EndRaiseDialogProps) {
  const [raise] = useState(liveRaise);
  const [reason, setReason] = useState('');
  const end = useEndRaise();
  const late = end.data?.kind === 'failed' ? end.data.why : null;

  async function submit() {
    try {
      const ending = await end.mutateAsync({ raiseId: raise.id, reason });
      if (ending.kind === 'failed') return;
      toast(
        ending.kind === 'drifted'
          ? `${keyName}: the limit had been changed, so nothing was overwritten. It stands on the drift list.`
          : `The raise of ${keyName} is over.`,
      );
      onClose();
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen || end.isPending ? undefined : onClose())}>
      <AlertDialogContent
        title={`End the raise of “${keyName}” now?`}
        description={
          hasOthers
            ? `${limitText(raise.raised)} no longer holds. The next highest of its other raises does.`
            : `Its limit is ${limitText(raise.base)} again, at once. What it spent above that stays spent.`
        }
      >
        {late === null ? (
          <Field label="Reason (kept in the audit log)" note="optional">
            <Input
              value={reason}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
        ) : (
          <Notice tone="warn" live="assertive" title="It is to end, but could not yet.">
            {late} Keyward keeps trying by itself.
          </Notice>
        )}
        {end.error ? (
          <Notice tone="bad" live="assertive" title="The raise was not ended.">
            {outcomeErrorOf(end.error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter>
          <AlertDialogCancel disabled={end.isPending}>{late === null ? 'Cancel' : 'Close'}</AlertDialogCancel>
          {late === null ? (
            <Button
              variant="danger"
              pending={end.isPending}
              pendingText="Ending the raise…"
              onClick={() => void submit()}
            >
              End raise now
            </Button>
          ) : null}
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
