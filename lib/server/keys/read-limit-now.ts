import 'server-only';
import type { LimitSetting } from '@/lib/domain/limits/decide-limit';
import { toReadError } from '../changes/change-failure';
import type { ServerContext } from '../context';
import type { LoadedKey } from './load-key';

/** The limit as the provider holds it this moment; throws the `AppError` of a read that failed. */
export async function readLimitNow(
  context: ServerContext,
  { key, connection }: Pick<LoadedKey, 'key' | 'connection'>,
): Promise<LimitSetting> {
  const provider = await context.providers.open(connection);
  try {
    const told = await provider.reads.getKey(key.externalId);
    return { limit: told.limit, includeByokInLimit: told.includeByokInLimit ?? key.includeByokInLimit };
  } catch (error) {
    throw toReadError(error, connection.name);
  }
}
