import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { keys, raises } from '@/lib/db/schema';
import { limitFault } from '@/lib/domain/limits/decide-limit';
import { isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { effectiveLimit } from '@/lib/domain/raises/raise';
import type { UpdateBaseLimitInput } from '@/lib/domain/raises/raise-input';
import type { ChangeOptions } from '../changes/planned-change';
import { type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { loadChangeableKey } from '../keys/load-key';
import { readLimitNow } from '../keys/read-limit-now';
import { auditRaise, limitUnder, listOpenRaises, type RaisedKey } from './raise-row';
import { requireQuietRaises } from './require-same-raises';
import { setRaisedLimit } from './set-raised-limit';

type BaseLimitOptions = ChangeOptions & {
  /** In the transaction that stores the new base. */
  readonly follow?: ((tx: Transaction) => Promise<void>) | undefined;
};

/**
 * Sets the limit that a raised key goes back to. The raises stay as they are; the provider is written to only where
 * the new base is above them all. Throws `stale` for another base or limit than was shown, `conflict` without a
 * raise.
 */
export async function updateBaseLimit(
  context: ServerContext,
  input: UpdateBaseLimitInput,
  options: BaseLimitOptions = {},
): Promise<{ readonly changeId: string | null }> {
  const loaded = await loadChangeableKey(context, 'keys.update', input.keyId);
  const { key, capabilities } = loaded;
  const fault = limitFault(capabilities, input.limit);
  if (fault) throw new AppError('unsupported', fault, { fieldErrors: { limit: [fault] } });
  const open = await listOpenRaises(context.db, key.id);
  const active = open.filter(({ state }) => state === 'active');
  const held = requireBase(active[0]?.baseLimit, limitUnder(active), input);
  const [first] = active;
  if (!first) throw new AppError('conflict', 'The raise of this key is over. Look at its limit again.');
  const target = effectiveLimit(
    input.limit,
    active.map(({ raisedLimit }) => raisedLimit),
  );
  const store = async (tx: Transaction) => {
    await storeBase(tx, context, key, input);
    await options.follow?.(tx);
  };
  if (isSameLimit(target, held)) {
    await withTransaction(context, async (tx) => {
      await requireQuietRaises(tx, key.id, { open });
      await options.requireStill?.(tx);
      await store(tx);
    });
    return { changeId: null };
  }
  const current = await readLimitNow(context, loaded);
  if (!isSameLimit(current.limit, held)) {
    throw new AppError('stale', 'The limit was changed since the raise began. Nothing was overwritten.', {
      facts: { seen: held, current: current.limit },
    });
  }
  const reason = input.reason === '' ? 'The limit below a raise' : input.reason;
  const { parentId, requireStill } = options;
  const step = { loaded, from: current, to: target, raiseId: first.id, open, reason, parentId, requireStill };
  return setRaisedLimit(context, step, store);
}

function requireBase(base: Limit | undefined, held: Limit | null, input: UpdateBaseLimitInput): Limit {
  if (!base || !held)
    throw new AppError('conflict', 'The raise of this key is over. Look at its limit again.');
  if (!isSameLimit(base, input.seen)) {
    throw new AppError('stale', 'The limit below the raise was changed since you opened this form.', {
      facts: { seen: input.seen, current: base },
    });
  }
  if (isSameLimit(base, input.limit))
    throw invalidField('limit', 'This is the limit below the raise already.');
  return held;
}

/** All raises of a key stand on one base; the key's row orders those who change it. */
export async function storeBase(
  tx: Transaction,
  context: ServerContext,
  key: RaisedKey,
  { seen, limit, reason }: UpdateBaseLimitInput,
): Promise<void> {
  await tx.select({ id: keys.id }).from(keys).where(eq(keys.id, key.id)).for('update');
  const [first] = await listOpenRaises(tx, key.id);
  if (!first || !isSameLimit(first.baseLimit, seen)) {
    throw new AppError('stale', 'The limit below the raise was changed meanwhile. Nothing was overwritten.');
  }
  await tx
    .update(raises)
    .set({ baseLimit: limit })
    .where(and(eq(raises.keyId, key.id), isNull(raises.endedAt)));
  await auditRaise(tx, context, first, key, {
    action: 'raise.set_base',
    before: { limit: seen },
    after: { limit },
    reason,
  });
}
