import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import type { UpdateKeyExpiryInput } from '@/lib/domain/keys/key-input';
import type { ChangeOptions } from '../changes/planned-change';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { AppError, invalidField } from '../errors';
import { loadChangeableKey } from './load-key';

/** Sets, moves or removes a key's expiry, where the provider allows it after creation. */
export async function updateKeyExpiry(
  context: ServerContext,
  input: UpdateKeyExpiryInput,
  options: ChangeOptions = {},
): Promise<{ changeId: string }> {
  const { key, connection, capabilities } = await loadChangeableKey(context, 'keys.update', input.keyId);
  if (!capabilities.expiryLater.can) {
    throw new AppError('unsupported', capabilities.expiryLater.reason, {
      fieldErrors: { expiresAt: [capabilities.expiryLater.reason] },
    });
  }
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt && expiresAt <= context.now())
    throw invalidField('expiresAt', 'Choose a time in the future.');
  const { changeId } = await runChange(context, {
    kind: 'set_expiry',
    connection,
    key,
    wish: { expiresAt: input.expiresAt },
    before: { expiresAt: key.expiresAt?.toISOString() ?? null },
    reason: input.reason,
    parentId: options.parentId,
    send: (writes) => writes.updateKey(key.externalId, { expiresAt }),
    mirror: async (tx) => {
      await tx.update(keys).set({ expiresAt, writtenAt: context.now() }).where(eq(keys.id, key.id));
      return { keyId: key.id, after: { expiresAt: input.expiresAt } };
    },
  });
  return { changeId };
}
