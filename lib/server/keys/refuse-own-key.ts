import 'server-only';
import { AppError } from '../errors';
import type { LoadedKey } from './load-key';

/** Whether the key is the management key that Keyward itself uses, where the provider says which one that is. */
export function isOwnKey({ key, connection }: Pick<LoadedKey, 'key' | 'connection'>): boolean {
  return connection.ownKeyExternalId !== null && connection.ownKeyExternalId === key.externalId;
}

/** Throws `conflict` for the management key: without it Keyward is locked out of the account. */
export function refuseOwnKey(loaded: Pick<LoadedKey, 'key' | 'connection'>): void {
  if (!isOwnKey(loaded)) return;
  const { key, connection } = loaded;
  throw new AppError(
    'conflict',
    `${key.name} is Keyward’s own key to ${connection.name}: without it nothing there could be read or changed. Give the connection another management key first.`,
  );
}
