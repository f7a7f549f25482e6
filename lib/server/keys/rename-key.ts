import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import type { RenameKeyInput } from '@/lib/domain/keys/key-input';
import type { ChangeOptions } from '../changes/planned-change';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { AppError, invalidField } from '../errors';
import { loadChangeableKey } from './load-key';

/** Gives a key another name at its provider, where the provider can. */
export async function renameKey(
  context: ServerContext,
  input: RenameKeyInput,
  options: ChangeOptions = {},
): Promise<{ changeId: string }> {
  const { key, connection, capabilities } = await loadChangeableKey(context, 'keys.update', input.keyId);
  if (!capabilities.rename.can) {
    throw new AppError('unsupported', capabilities.rename.reason, {
      fieldErrors: { name: [capabilities.rename.reason] },
    });
  }
  if (key.name !== input.seenName) {
    throw new AppError(
      'stale',
      `Someone renamed this key to “${key.name}” meanwhile. Nothing was overwritten.`,
      {
        facts: { seen: input.seenName, current: key.name },
      },
    );
  }
  if (key.name === input.name) throw invalidField('name', 'This is its name already.');
  const { changeId } = await runChange(context, {
    kind: 'rename_key',
    connection,
    key,
    wish: { name: input.name },
    before: { name: key.name },
    reason: input.reason,
    parentId: options.parentId,
    send: (writes) => writes.updateKey(key.externalId, { name: input.name }),
    mirror: async (tx) => {
      await tx.update(keys).set({ name: input.name, writtenAt: context.now() }).where(eq(keys.id, key.id));
      return { keyId: key.id, after: { name: input.name } };
    },
  });
  return { changeId };
}
