import 'server-only';
import type { DeletedKey } from '@/lib/domain/keys/deleted-key';
import type { DeleteKeyInput } from '@/lib/domain/keys/key-input';
import type { ChangeOptions } from '../changes/planned-change';
import type { ServerContext } from '../context';
import { invalidField } from '../errors';
import { deleteLoadedKey } from './delete-loaded-key';
import { getKeyUse } from './get-key-use';
import { loadChangeableKey } from './load-key';
import { refuseOwnKey } from './refuse-own-key';

/**
 * Deletes a key: with a grace period where its provider can disable, else for good. A key in use needs its name
 * typed. Its history stays.
 */
export async function deleteKey(
  context: ServerContext,
  input: DeleteKeyInput,
  options: ChangeOptions = {},
): Promise<DeletedKey> {
  const loaded = await loadChangeableKey(context, 'keys.delete', input.keyId);
  const { key } = loaded;
  refuseOwnKey(loaded);
  const use = await getKeyUse(context, { keyId: key.id });
  if (use.isInUse && input.typedName.trim() !== key.name) {
    throw invalidField('typedName', `This key is in use. Type “${key.name}” to confirm.`);
  }
  return deleteLoadedKey(context, loaded, { reason: input.reason, parentId: options.parentId });
}
