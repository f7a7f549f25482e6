import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import { deleteAfterOf } from '@/lib/domain/keys/delete-grace';
import type { DeletedKey } from '@/lib/domain/keys/deleted-key';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { withdrawHandOvers } from '../hand-over/withdraw-hand-overs';
import { type DeleteOptions, deleteForGood } from './delete-for-good';
import { findDeleteGrace } from './delete-grace';
import type { LoadedKey } from './load-key';
import { markDeletion } from './planned-deletion';
import { refuseOwnKey } from './refuse-own-key';

/**
 * Deletes a key that was loaded as changeable: disabled now and deleted after the grace period where its provider
 * can disable, for good at once where it cannot. Checks no permission and asks for no name: the caller does.
 * Throws `conflict` for Keyward's own key and for one that waits already, and whatever `runChange` throws.
 */
export async function deleteLoadedKey(
  context: ServerContext,
  loaded: LoadedKey,
  options: DeleteOptions,
): Promise<DeletedKey> {
  const { key, capabilities } = loaded;
  refuseOwnKey(loaded);
  if (!capabilities.disable.can) {
    return { kind: 'deleted', ...(await deleteForGood(context, loaded, options)) };
  }
  if (key.deleteAfter) throw new AppError('conflict', `${key.name} waits for its deletion already.`);
  const deleteAfter = deleteAfterOf(context.now(), await findDeleteGrace(context.db));
  const changeId = key.isDisabled
    ? await markOnly(context, loaded, deleteAfter, options)
    : await disableToDelete(context, loaded, deleteAfter, options);
  return { kind: 'waiting', changeId, deleteAfter: deleteAfter.toISOString() };
}

function askedBy({ actor }: ServerContext): string | null {
  return actor.kind === 'user' ? actor.id : null;
}

async function markOnly(
  context: ServerContext,
  { key }: LoadedKey,
  deleteAfter: Date,
  { reason }: DeleteOptions,
): Promise<null> {
  await markDeletion(context, {
    key,
    mark: { deleteAfter, deleteAskedBy: askedBy(context) },
    reason,
    also: (tx) => withdrawHandOvers(tx, context, key.id),
  });
  return null;
}

/** The day stands in the wish, so that a lost answer that is settled later sets it too. */
async function disableToDelete(
  context: ServerContext,
  { key, connection }: LoadedKey,
  deleteAfter: Date,
  { reason, parentId }: DeleteOptions,
): Promise<string> {
  const after = { isDisabled: true, deleteAfter: deleteAfter.toISOString() };
  const { changeId } = await runChange(context, {
    kind: 'disable_key',
    connection,
    key,
    wish: after,
    before: { isDisabled: false },
    reason,
    parentId,
    send: (writes) => writes.updateKey(key.externalId, { isDisabled: true }),
    mirror: async (tx) => {
      await tx
        .update(keys)
        .set({ isDisabled: true, deleteAfter, deleteAskedBy: askedBy(context), writtenAt: context.now() })
        .where(eq(keys.id, key.id));
      await withdrawHandOvers(tx, context, key.id);
      return { keyId: key.id, after };
    },
  });
  return changeId;
}
