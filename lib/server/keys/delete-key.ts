import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import type { DeleteKeyInput } from '@/lib/domain/keys/key-input';
import type { ChangeOptions } from '../changes/planned-change';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { invalidField } from '../errors';
import { getKeyUse } from './get-key-use';
import { limitOf, loadChangeableKey } from './load-key';

/** Deletes a key at its provider, for good. A key in use needs its name typed. Its history stays. */
export async function deleteKey(
  context: ServerContext,
  input: DeleteKeyInput,
  options: ChangeOptions = {},
): Promise<{ changeId: string }> {
  const { key, connection } = await loadChangeableKey(context, 'keys.delete', input.keyId);
  const use = await getKeyUse(context, { keyId: key.id });
  if (use.isInUse && input.typedName.trim() !== key.name) {
    throw invalidField('typedName', `This key is in use. Type “${key.name}” to confirm.`);
  }
  const { changeId } = await runChange(context, {
    kind: 'delete_key',
    connection,
    key,
    wish: { name: key.name },
    before: { name: key.name, limit: limitOf(key), isDisabled: key.isDisabled },
    reason: input.reason,
    parentId: options.parentId,
    send: (writes) => writes.deleteKey(key.externalId),
    mirror: async (tx) => {
      const at = context.now();
      await tx.update(keys).set({ deletedAt: at, writtenAt: at }).where(eq(keys.id, key.id));
      return { keyId: key.id, after: { deletedAt: at.toISOString() } };
    },
  });
  return { changeId };
}
