'use client';

import { useQuery } from '@tanstack/react-query';
import type { UseFormReturn } from 'react-hook-form';
import { useHandOverNewKey } from '@/lib/client/hand-over';
import { assigneesQuery, useCreateKey } from '@/lib/client/keys';
import { fieldErrorsOf } from '@/lib/client/outcome';
import type { KeysTableConnection } from '@/lib/domain/keys/keys-table';
import { type CreateKeyForm, formFieldOf, toCreateKeyInput, toHandOverWish } from './create-key-form';
import type { NewLink } from './hand-over-link';
import type { NewSecret } from './secret-reveal';

/** What a creation leaves in this browser: the secret, or the link to where it is sealed. */
export type MadeKey =
  | { readonly kind: 'secret'; readonly secret: NewSecret }
  | { readonly kind: 'link'; readonly link: NewLink };

/** Creates the key of the form; a refusal stands beside its field or in `error`. */
export function useNewKey(form: UseFormReturn<CreateKeyForm>, onCreated: (made: MadeKey) => void) {
  const showing = useCreateKey();
  const handing = useHandOverNewKey();
  const { data: people } = useQuery(assigneesQuery);

  async function make(values: CreateKeyForm, connection: KeysTableConnection): Promise<MadeKey | null> {
    const input = toCreateKeyInput(values, connection);
    const handOver = toHandOverWish(values);
    if (!input) return null;
    if (!handOver) {
      const created = await showing.mutateAsync(input);
      showing.reset();
      return { kind: 'secret', secret: { ...created, connectionName: connection.name } };
    }
    const handed = await handing.mutateAsync({ ...input, handOver });
    handing.reset();
    const recipient = people?.owners.find(({ id }) => id === handOver.recipientId);
    return {
      kind: 'link',
      link: {
        ...handed,
        recipientName: recipient?.name ?? null,
        isSignInNeeded: handOver.isSignInNeeded,
        canDisable: connection.capabilities.disable.can,
      },
    };
  }

  async function save(values: CreateKeyForm, connection: KeysTableConnection): Promise<void> {
    showing.reset();
    handing.reset();
    try {
      const made = await make(values, connection);
      if (made) onCreated(made);
    } catch (error) {
      for (const [field, messages] of Object.entries(fieldErrorsOf(error))) {
        const [root = field] = field.split('.');
        const target = formFieldOf[root];
        if (target) form.setError(target, { message: messages.join(' ') });
      }
    }
  }

  const failure = showing.error ?? handing.error;
  return {
    save,
    isPending: showing.isPending || handing.isPending,
    failure,
  };
}
