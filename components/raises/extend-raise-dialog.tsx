'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { fieldErrorsOf, outcomeErrorOf } from '@/lib/client/outcome';
import { useExtendRaise } from '@/lib/client/raises';
import type { RaiseView } from '@/lib/domain/raises/raise-view';
import { formatDateTime, formatDayYear, toUtcDay } from '@/lib/utils/format-date';
import { limitText } from '@/lib/words/limit-words';
import { endOfDay } from './end-day';

interface ExtendRaiseDialogProps {
  keyName: string;
  raise: RaiseView;
  onClose: () => void;
}

/** Another end for a raise, sooner or later. */
export function ExtendRaiseDialog({ keyName, raise: liveRaise, onClose }: ExtendRaiseDialogProps) {
  const [raise] = useState(liveRaise);
  const [day, setDay] = useState(toUtcDay(raise.endsAt));
  const [reason, setReason] = useState('');
  const extend = useExtendRaise();
  const fault = extend.error ? fieldErrorsOf(extend.error).endsAt?.join(' ') : undefined;

  async function save() {
    try {
      const endsAt = endOfDay(day);
      await extend.mutateAsync({ raiseId: raise.id, seenEndsAt: raise.endsAt, endsAt, reason });
      toast(`The raise of ${keyName} ends on ${formatDayYear(day)}.`);
      onClose();
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || extend.isPending ? undefined : onClose())}>
      <DialogContent size="sm">
        <DialogHeader
          title="Change when it ends"
          description={`${limitText(raise.raised)} until ${formatDateTime(raise.endsAt)}, then ${limitText(raise.base)} again.`}
        />
        <DialogBody>
          <Field
            label="Last day"
            hint="Until 23:59 UTC. Nothing changes at the provider before."
            error={fault}
          >
            <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
          </Field>
          <Field label="Reason (kept in the audit log)" note="optional">
            <Input
              value={reason}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
          {extend.error && !fault ? (
            <Notice tone="bad" live="assertive" title="The end was not changed.">
              {outcomeErrorOf(extend.error).message}
            </Notice>
          ) : null}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose} disabled={extend.isPending}>
            Cancel
          </Button>
          <Button
            variant="primary"
            disabled={day === ''}
            pending={extend.isPending}
            pendingText="Changing the end…"
            onClick={() => void save()}
          >
            {day === '' ? 'Choose a day' : `End on ${formatDayYear(day)}`}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
