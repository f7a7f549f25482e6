import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { keys, raises } from '@/lib/db/schema';
import type { LimitSetting } from '@/lib/domain/limits/decide-limit';
import { limitFault } from '@/lib/domain/limits/decide-limit';
import { isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { effectiveLimit, raiseFault } from '@/lib/domain/raises/raise';
import type { ChangeOptions } from '../changes/planned-change';
import { type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { type LoadedKey, limitOf, loadChangeableKey, loadKey } from '../keys/load-key';
import { readLimitNow } from '../keys/read-limit-now';
import { auditRaise, listOpenRaises, lockRaise, type RaiseRow } from './raise-row';
import { requireQuietRaises } from './require-same-raises';
import { setRaisedLimit } from './set-raised-limit';

type StartRaiseInput = {
  readonly keyId: number;
  readonly limit: Limit;
  readonly endsAt: Date;
  readonly reason: string;
  /** The request that was approved; null for a raise that an admin starts. */
  readonly requestId?: string | null | undefined;
  /** The limit as the person saw it; a raise over anything else is refused. */
  readonly seen?: LimitSetting | undefined;
  readonly requireStill?: ChangeOptions['requireStill'];
};

type StartedRaise = {
  readonly raiseId: string;
  /** The write at the provider; null when a higher raise of the key holds already. */
  readonly changeId: string | null;
};

/** So long a planned raise may be on its way to the ledger before it counts as left behind. */
export const RAISE_LEASE_MS = 60_000;

/**
 * Sets a key's limit higher until a date; the limit of before stays its base and comes back by itself. Throws
 * `invalid` for what is no raise, `stale` when the limit is not what it was thought to be, `unsupported`, and what
 * `runChange` throws: with `outcome_unknown` the raise stays planned and follows what is found.
 */
export async function startRaise(context: ServerContext, input: StartRaiseInput): Promise<StartedRaise> {
  await loadKey(context, 'keys.update', input.keyId);
  return startApprovedRaise(context, input);
}

/** The same for a wish that was approved: asks for no permission of the one in whose name it runs. */
export async function startApprovedRaise(
  context: ServerContext,
  input: StartRaiseInput,
): Promise<StartedRaise> {
  const loaded = await loadAsKeyward(context, input.keyId);
  const open = await listOpenRaises(context.db, loaded.key.id);
  if (open.some(({ state }) => state === 'planned')) {
    throw new AppError('conflict', 'Another raise of this key is on its way. Look again in a moment.', {
      facts: { isPassing: true },
    });
  }
  const current = await readLimitNow(context, loaded);
  const base = requireExpected(loaded, open, current, input.seen);
  requireRaise(context, loaded, { base, open, input });
  const raise = await insertRaise(context, loaded, base, input);
  const held = effectiveLimit(
    base,
    open.map(({ raisedLimit }) => raisedLimit),
  );
  const target = effectiveLimit(held, [input.limit]);
  const reason = input.reason === '' ? 'A raise until a date' : input.reason;
  const step = { loaded, from: current, to: target, raiseId: raise.id, open, reason };
  try {
    if (isSameLimit(target, held)) {
      await withTransaction(context, async (tx) => {
        await requireQuietRaises(tx, loaded.key.id, { open, raiseId: raise.id });
        await activateRaise(tx, context, raise.id);
      });
      return { raiseId: raise.id, changeId: null };
    }
    const { changeId } = await setRaisedLimit(context, step, (tx) => activateRaise(tx, context, raise.id));
    return { raiseId: raise.id, changeId };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'outcome_unknown')) {
      await cancelRaise(context, raise.id, error instanceof AppError ? error.message : 'Keyward failed.');
    }
    throw error;
  }
}

function loadAsKeyward(context: ServerContext, keyId: number): Promise<LoadedKey> {
  return loadChangeableKey({ ...context, actor: { kind: 'system', name: 'Keyward' } }, 'keys.update', keyId);
}

/** The base of the new raise. Throws `stale` when the limit is not what the person, or Keyward, thinks it is. */
function requireExpected(
  { key }: LoadedKey,
  open: readonly RaiseRow[],
  current: LimitSetting,
  seen: LimitSetting | undefined,
): Limit {
  const mirrored: LimitSetting = { limit: limitOf(key), includeByokInLimit: key.includeByokInLimit };
  const thought = seen ?? mirrored;
  const [first] = open;
  const held = first
    ? effectiveLimit(
        first.baseLimit,
        open.map(({ raisedLimit }) => raisedLimit),
      )
    : thought.limit;
  if (isSameLimit(current.limit, thought.limit) && !isSameLimit(current.limit, held)) {
    throw new AppError(
      'conflict',
      'A raise holds, but the limit was changed since it began. End that raise first.',
    );
  }
  if (!isSameLimit(current.limit, thought.limit)) {
    throw new AppError('stale', 'The limit is not what it was when this was decided. Nothing was changed.', {
      facts: { seen: thought, current },
    });
  }
  return first?.baseLimit ?? current.limit;
}

function requireRaise(
  context: ServerContext,
  { capabilities }: LoadedKey,
  raise: {
    readonly base: Limit;
    readonly open: readonly RaiseRow[];
    readonly input: StartRaiseInput;
  },
): void {
  const { base, open, input } = raise;
  const reason = limitFault(capabilities, input.limit);
  if (reason) throw new AppError('unsupported', reason, { fieldErrors: { limit: [reason] } });
  const others = open.map(({ raisedLimit }) => raisedLimit);
  const fault = raiseFault({ base, others, limit: input.limit, endsAt: input.endsAt }, context.now());
  if (fault) throw invalidField(fault.field, fault.message);
}

/** Plans the raise, with its key held: of two at once the second waits, sees the first, and is refused. */
async function insertRaise(
  context: ServerContext,
  { key }: LoadedKey,
  base: Limit,
  input: StartRaiseInput,
): Promise<{ readonly id: string }> {
  const at = context.now();
  return withTransaction(context, async (tx) => {
    await tx.select({ id: keys.id }).from(keys).where(eq(keys.id, key.id)).for('update');
    const open = await listOpenRaises(tx, key.id);
    const isMoved = open.some(({ state, baseLimit }) => state === 'planned' || !isSameLimit(baseLimit, base));
    if (isMoved) {
      throw new AppError('conflict', 'The raises of this key changed a moment ago. Look again.', {
        facts: { isPassing: true },
      });
    }
    await input.requireStill?.(tx);
    const [row] = await tx
      .insert(raises)
      .values({
        keyId: key.id,
        requestId: input.requestId ?? null,
        state: 'planned',
        baseLimit: base,
        raisedLimit: input.limit,
        reason: input.reason,
        startedBy: context.actor.kind === 'user' ? context.actor.id : null,
        startsAt: at,
        endsAt: input.endsAt,
        workedUntil: new Date(at.getTime() + RAISE_LEASE_MS),
      })
      .returning({ id: raises.id });
    if (!row) throw new Error('the raise was not stored');
    await auditRaise(tx, context, row, key, {
      action: 'raise.plan',
      before: { limit: base },
      after: { limit: input.limit, endsAt: input.endsAt.toISOString() },
      reason: input.reason,
    });
    return row;
  });
}

/** The raise holds from now on. */
export async function activateRaise(tx: Transaction, context: ServerContext, raiseId: string): Promise<void> {
  const raise = await lockRaise(tx, raiseId);
  if (!raise || raise.state === 'active' || raise.state === 'ended' || raise.state === 'drifted') return;
  await tx
    .update(raises)
    .set({ state: 'active', endedAt: null, failure: null, workedUntil: null })
    .where(eq(raises.id, raiseId));
  await auditRaise(tx, context, raise, await keyOf(tx, raise.keyId), {
    action: 'raise.start',
    before: { limit: raise.baseLimit },
    after: { limit: raise.raisedLimit, endsAt: raise.endsAt.toISOString() },
    reason: raise.reason,
  });
}

/** A raise that surely did not take effect. */
export async function cancelRaise(context: ServerContext, raiseId: string, why: string): Promise<void> {
  await withTransaction(context, async (tx) => {
    const [row] = await tx
      .update(raises)
      .set({ state: 'cancelled', endedAt: context.now(), failure: why, workedUntil: null })
      .where(and(eq(raises.id, raiseId), eq(raises.state, 'planned'), isNull(raises.endedAt)))
      .returning();
    if (!row) return;
    await auditRaise(tx, context, row, await keyOf(tx, row.keyId), {
      action: 'raise.cancel',
      after: { settlement: why },
      reason: row.reason,
    });
  });
}

async function keyOf(tx: Transaction, keyId: number) {
  const [key] = await tx
    .select({ id: keys.id, name: keys.name, connectionId: keys.connectionId })
    .from(keys)
    .where(eq(keys.id, keyId));
  if (!key) throw new Error('a raise without its key');
  return key;
}
