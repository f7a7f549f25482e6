'use client';

import { useQuery } from '@tanstack/react-query';
import type { UseFormReturn } from 'react-hook-form';
import { assigneesQuery } from '@/lib/client/keys';
import { fieldErrorsOf } from '@/lib/client/outcome';
import { useStartRotation } from '@/lib/client/rotation';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { toHandOverWish } from '../create-key-form';
import type { MadeKey } from '../use-new-key';
import type { RotateForm, RotateWish } from './rotate-form';

/** Rotates the key of the form; a refusal stands beside its field or in `failure`. */
export function useRotate(
  row: KeyRow,
  form: UseFormReturn<RotateForm, unknown, RotateWish>,
  onMade: (made: MadeKey) => void,
) {
  const start = useStartRotation();
  const { data: people } = useQuery(assigneesQuery);

  async function save(values: RotateWish): Promise<void> {
    const handOver = toHandOverWish(values);
    const { name, quietHours, reason } = values;
    start.reset();
    try {
      const made = await start.mutateAsync({ keyId: row.id, name, quietHours, reason, handOver });
      start.reset();
      if (made.kind === 'secret') {
        onMade({ kind: 'secret', secret: { ...made, connectionName: row.connection.name } });
        return;
      }
      const recipient = people?.owners.find(({ id }) => id === handOver?.recipientId);
      onMade({
        kind: 'link',
        link: {
          ...made,
          recipientName: recipient?.name ?? null,
          isSignInNeeded: handOver?.isSignInNeeded ?? false,
          canDisable: row.connection.capabilities.disable.can,
        },
      });
    } catch (error) {
      const {
        name: ofName,
        handOver: ofHandOver,
        'handOver.recipientId': ofRecipient,
      } = fieldErrorsOf(error);
      if (ofName) form.setError('name', { message: ofName.join(' ') });
      const ofPerson = ofHandOver ?? ofRecipient;
      if (ofPerson) form.setError('recipientId', { message: ofPerson.join(' ') });
    }
  }

  return { save, isPending: start.isPending, failure: start.error };
}
