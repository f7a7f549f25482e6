import 'server-only';
import { eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { keys } from '@/lib/db/schema';
import type { LimitSetting } from '@/lib/domain/limits/decide-limit';
import type { Limit } from '@/lib/domain/limits/limit';
import type { ChangeOptions } from '../changes/planned-change';
import { runChange } from '../changes/run-change';
import type { ServerContext } from '../context';
import { type LoadedKey, limitColumns } from '../keys/load-key';
import type { RaiseRow } from './raise-row';
import { requireSameRaises } from './require-same-raises';

type RaisedLimitStep = {
  readonly loaded: Pick<LoadedKey, 'key' | 'connection'>;
  /** What the provider holds, as just read. */
  readonly from: LimitSetting;
  readonly to: Limit;
  readonly raiseId: string;
  /** The raises of the key from which the limit was reckoned. */
  readonly open: readonly RaiseRow[];
  readonly reason: string;
  /** What the write is a step of; the raise itself unless given. */
  readonly parentId?: string | undefined;
  readonly requireStill?: ChangeOptions['requireStill'];
};

/** Moves the limit for a raise through the ledger; `follow` runs in the transaction of the outcome. */
export async function setRaisedLimit(
  context: ServerContext,
  { loaded, from, to, raiseId, open, reason, ...options }: RaisedLimitStep,
  follow: (tx: Transaction) => Promise<void>,
): Promise<{ readonly changeId: string }> {
  const { key, connection } = loaded;
  const { changeId } = await runChange(context, {
    kind: 'set_limit',
    connection,
    key,
    wish: { limit: to },
    before: from,
    reason,
    parentId: options.parentId ?? raiseId,
    requireStill: async (tx) => {
      await requireSameRaises(tx, key.id, { open, raiseId });
      await options.requireStill?.(tx);
    },
    send: (writes) => writes.updateKey(key.externalId, { limit: { from: from.limit, to } }),
    mirror: async (tx) => {
      await tx
        .update(keys)
        .set({ ...limitColumns(to), limitRemaining: null, writtenAt: context.now() })
        .where(eq(keys.id, key.id));
      await follow(tx);
      return { keyId: key.id, after: { limit: to, includeByokInLimit: from.includeByokInLimit } };
    },
  });
  return { changeId };
}
