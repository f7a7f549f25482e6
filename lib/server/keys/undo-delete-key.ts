import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import type { RestoredKey } from '@/lib/domain/keys/deleted-key';
import type { UndoDeleteKeyInput } from '@/lib/domain/keys/key-input';
import type { ChangeOptions } from '../changes/planned-change';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { isSecretLost } from '../hand-over/withdraw-hand-overs';
import { type LoadedKey, loadChangeableKey } from './load-key';
import { findPlannedDeletion, markDeletion, NO_DELETION } from './planned-deletion';

/**
 * Takes a waiting deletion back. The key is enabled again if the deletion disabled it, unless nobody holds its
 * secret. Throws `conflict` when nothing waits.
 */
export async function undoDeleteKey(
  context: ServerContext,
  { keyId, reason }: UndoDeleteKeyInput,
  options: ChangeOptions = {},
): Promise<RestoredKey> {
  const loaded = await loadChangeableKey(context, 'keys.delete', keyId);
  const { key } = loaded;
  if (key.deleteAfter === null) {
    throw new AppError('conflict', `${key.name} does not wait for a deletion any more.`);
  }
  const planned = await findPlannedDeletion(context.db, key);
  const isLost = await isSecretLost(context.db, key.id);
  if (key.isDisabled && planned?.hasDisabled && !isLost) {
    const changeId = await enableAgain(context, loaded, { reason, ...options });
    return { changeId, isEnabled: true, isSecretLost: false };
  }
  await markDeletion(context, { key, mark: NO_DELETION, reason });
  return { changeId: null, isEnabled: !key.isDisabled, isSecretLost: isLost };
}

async function enableAgain(
  context: ServerContext,
  { key, connection }: LoadedKey,
  { reason, parentId }: ChangeOptions & { readonly reason: string },
): Promise<string> {
  const after = { isDisabled: false, deleteAfter: null };
  const { changeId } = await runChange(context, {
    kind: 'enable_key',
    connection,
    key,
    wish: after,
    before: { isDisabled: true, deleteAfter: key.deleteAfter?.toISOString() ?? null },
    reason,
    parentId,
    send: (writes) => writes.updateKey(key.externalId, { isDisabled: false }),
    mirror: async (tx) => {
      await tx
        .update(keys)
        .set({ isDisabled: false, ...NO_DELETION, writtenAt: context.now() })
        .where(eq(keys.id, key.id));
      return { keyId: key.id, after };
    },
  });
  return changeId;
}
