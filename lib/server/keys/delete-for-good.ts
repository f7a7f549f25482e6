import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import type { ChangeOptions } from '../changes/planned-change';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { withdrawHandOvers } from '../hand-over/withdraw-hand-overs';
import { closeIncidentsOfKey } from '../incidents/open-incident';
import { type LoadedKey, limitOf } from './load-key';
import { refuseOwnKey } from './refuse-own-key';

export type DeleteOptions = ChangeOptions & { readonly reason: string };

/** Deletes a key at its provider this moment, with no way back. Checks no permission: the caller does. */
export async function deleteForGood(
  context: ServerContext,
  { key, connection }: Pick<LoadedKey, 'key' | 'connection'>,
  { reason, parentId }: DeleteOptions,
): Promise<{ changeId: string }> {
  refuseOwnKey({ key, connection });
  const { changeId } = await runChange(context, {
    kind: 'delete_key',
    connection,
    key,
    wish: { name: key.name },
    before: { name: key.name, limit: limitOf(key), isDisabled: key.isDisabled },
    reason,
    parentId,
    send: (writes) => writes.deleteKey(key.externalId),
    mirror: async (tx) => {
      const at = context.now();
      await tx
        .update(keys)
        .set({ deletedAt: at, deleteAfter: null, writtenAt: at })
        .where(eq(keys.id, key.id));
      await withdrawHandOvers(tx, context, key.id);
      await closeIncidentsOfKey(tx, context, { kind: 'deletion_refused', keyId: key.id }, 'It was deleted.');
      return { keyId: key.id, after: { deletedAt: at.toISOString() } };
    },
  });
  return { changeId };
}
