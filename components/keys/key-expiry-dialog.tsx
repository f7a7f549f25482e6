'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toaster';
import { useUpdateKeyExpiry } from '@/lib/client/keys';
import { fieldErrorsOf } from '@/lib/client/outcome';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { formatDayYear } from '@/lib/utils/format-date';
import { ChangeFailure } from './change-failure';
import { useChangeWatch } from './use-change-watch';

/** Sets, moves or removes an expiry, where the provider takes one after creation. */
export function KeyExpiryDialog({ row: liveRow, onClose }: { row: KeyRow; onClose: () => void }) {
  const [row] = useState(liveRow);
  const [kind, setKind] = useState<'date' | 'never'>('date');
  const [day, setDay] = useState('');
  const update = useUpdateKeyExpiry();
  const fieldError = update.error ? fieldErrorsOf(update.error).expiresAt?.join(' ') : undefined;
  const watch = useChangeWatch(update.error);
  const { expiryReadable } = row.connection.capabilities;

  function close() {
    watch.leave();
    onClose();
  }

  async function save() {
    try {
      await update.mutateAsync({
        keyId: row.id,
        expiresAt: kind === 'date' ? `${day}T23:59:59.000Z` : null,
      });
      toast(
        kind === 'date' ? `${row.name} expires on ${formatDayYear(day)}.` : `${row.name} does not expire.`,
      );
      onClose();
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || update.isPending ? undefined : close())}>
      <DialogContent size="sm">
        <DialogHeader
          title="Change expiry"
          description={
            expiryReadable.can
              ? `${row.name} at ${row.connection.providerName}`
              : `${expiryReadable.reason} What you set here is remembered by Keyward.`
          }
        />
        <DialogBody>
          <Field group label="The key">
            <Segmented
              value={kind}
              onValueChange={setKind}
              options={[
                { value: 'date', label: 'Expires on a day' },
                { value: 'never', label: 'Never expires' },
              ]}
            />
          </Field>
          {kind === 'date' ? (
            <Field
              label="Last day"
              hint="Until 23:59 UTC. An expired key can never be revived."
              error={fieldError}
            >
              <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
            </Field>
          ) : null}
          {fieldError ? null : <ChangeFailure failure={update.error} title="The expiry was not changed." />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={close} disabled={update.isPending}>
            {watch.isBlocked ? 'Close' : 'Cancel'}
          </Button>
          <Button
            variant="primary"
            disabled={watch.isBlocked || (kind === 'date' && day === '')}
            pending={update.isPending}
            pendingText="Changing the expiry…"
            onClick={() => void save()}
          >
            {kind === 'never' ? 'Remove expiry' : day ? `Expire on ${formatDayYear(day)}` : 'Set expiry'}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
