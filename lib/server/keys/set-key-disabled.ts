import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import type { SetKeyDisabledInput } from '@/lib/domain/keys/key-input';
import type { ChangeOptions } from '../changes/planned-change';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { loadChangeableKey } from './load-key';
import { NO_DELETION } from './planned-deletion';
import { refuseOwnKey } from './refuse-own-key';

/** Switches a key off or on at its provider, where the provider can. A key that is enabled waits for no deletion. */
export async function setKeyDisabled(
  context: ServerContext,
  input: SetKeyDisabledInput,
  options: ChangeOptions = {},
): Promise<{ changeId: string }> {
  const loaded = await loadChangeableKey(context, 'keys.update', input.keyId);
  const { key, connection, capabilities } = loaded;
  if (!capabilities.disable.can) throw new AppError('unsupported', capabilities.disable.reason);
  if (input.isDisabled) refuseOwnKey(loaded);
  if (key.isDisabled === input.isDisabled) {
    throw new AppError('stale', `${key.name} is ${key.isDisabled ? 'disabled' : 'enabled'} already.`);
  }
  const { changeId } = await runChange(context, {
    kind: input.isDisabled ? 'disable_key' : 'enable_key',
    connection,
    key,
    wish: { isDisabled: input.isDisabled },
    before: { isDisabled: key.isDisabled },
    reason: input.reason,
    parentId: options.parentId,
    requireStill: options.requireStill,
    send: (writes) => writes.updateKey(key.externalId, { isDisabled: input.isDisabled }),
    mirror: async (tx) => {
      await tx
        .update(keys)
        .set({
          isDisabled: input.isDisabled,
          ...(input.isDisabled ? {} : NO_DELETION),
          writtenAt: context.now(),
        })
        .where(eq(keys.id, key.id));
      return { keyId: key.id, after: { isDisabled: input.isDisabled } };
    },
  });
  return { changeId };
}
