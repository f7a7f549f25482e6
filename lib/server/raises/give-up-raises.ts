import 'server-only';
import type { Transaction } from '@/lib/db/client';
import type { Limit } from '@/lib/domain/limits/limit';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { finishRaise } from './finish-raise';
import { listOpenRaises, type RaisedKey } from './raise-row';

/** Ends every raise of a key without any write: another limit was accepted as the one that stays. */
export async function giveUpRaises(
  tx: Transaction,
  context: ServerContext,
  key: RaisedKey,
  limit: Limit | null,
): Promise<void> {
  for (const raise of await listOpenRaises(tx, key.id)) {
    if (raise.state === 'planned') {
      throw new AppError('conflict', 'A raise of this key is on its way. Look again in a moment.');
    }
    const words = 'Another limit was accepted as the one that stays, so nothing is set back.';
    await finishRaise(tx, context, raise.id, { key, state: 'cancelled', words, limit });
  }
}
