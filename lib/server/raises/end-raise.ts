import 'server-only';
import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { changes, raises } from '@/lib/db/schema';
import type { LimitSetting } from '@/lib/domain/limits/decide-limit';
import { isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { effectiveLimit, retryPauseMs } from '@/lib/domain/raises/raise';
import { ProviderError } from '@/lib/providers/provider-error';
import { log } from '@/lib/utils/log';
import { toReadError } from '../changes/change-failure';
import { type ServerContext, withTransaction } from '../context';
import { openLimitDrift } from '../drift/open-limit-drift';
import { AppError } from '../errors';
import { type LoadedKey, loadKey } from '../keys/load-key';
import { finishRaise } from './finish-raise';
import { limitUnder, listOpenRaises, type RaiseRow, toRaiseRow } from './raise-row';
import { requireQuietRaises } from './require-same-raises';
import { setRaisedLimit } from './set-raised-limit';
import { RAISE_LEASE_MS } from './start-raise';

export type RaiseEnding =
  | { readonly kind: 'ended' }
  /** Someone else's limit was there: nothing was overwritten, a drift item asks. */
  | { readonly kind: 'drifted' }
  /** Not yet; it is tried again by itself. */
  | { readonly kind: 'failed'; readonly why: string }
  /** Over already, or at work elsewhere. */
  | { readonly kind: 'busy' };

/**
 * Takes one raise back: the next highest raise of its key holds then, or the base. Only a limit that is exactly
 * what the raises set is replaced. Never throws for what the provider did; the raise then stays and says why.
 */
export async function endRaise(context: ServerContext, raiseId: string): Promise<RaiseEnding> {
  const raise = await claim(context, raiseId);
  if (!raise) return { kind: 'busy' };
  try {
    return await takeBack(context, raise);
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error, raiseId }, 'A raise could not be ended');
    const why = error instanceof AppError ? error.message : 'Keyward failed while ending it.';
    await postpone(context, raise, why);
    return { kind: 'failed', why };
  }
}

/** For this process alone until the lease ends; one that a wrong clock set far ahead counts for nothing. */
async function claim(context: ServerContext, raiseId: string): Promise<RaiseRow | null> {
  const now = context.now();
  const leaseEnd = new Date(now.getTime() + RAISE_LEASE_MS);
  const [row] = await context.db
    .update(raises)
    .set({ workedUntil: leaseEnd })
    .where(
      and(
        eq(raises.id, raiseId),
        eq(raises.state, 'active'),
        isNull(raises.endedAt),
        or(isNull(raises.workedUntil), lte(raises.workedUntil, now), gt(raises.workedUntil, leaseEnd)),
      ),
    )
    .returning();
  return row ? toRaiseRow(row) : null;
}

async function postpone(context: ServerContext, raise: RaiseRow, why: string): Promise<void> {
  const attempts = raise.attempts + 1;
  const nextTryAt = new Date(context.now().getTime() + retryPauseMs(attempts));
  await context.db
    .update(raises)
    .set({ attempts, nextTryAt, failure: why, workedUntil: null })
    .where(and(eq(raises.id, raise.id), isNull(raises.endedAt)));
}

/** The limit now; null when the provider does not know the key any more. */
async function readLimit(
  context: ServerContext,
  { key, connection }: LoadedKey,
): Promise<LimitSetting | null> {
  const provider = await context.providers.open(connection);
  try {
    const told = await provider.reads.getKey(key.externalId);
    return { limit: told.limit, includeByokInLimit: told.includeByokInLimit ?? key.includeByokInLimit };
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not_found') return null;
    throw toReadError(error, connection.name);
  }
}

/** A change of unknown outcome may be what is seen at the provider: its settlement is waited for. */
async function requireSettled(context: ServerContext, keyId: number): Promise<void> {
  const [open] = await context.db
    .select({ id: changes.id })
    .from(changes)
    .where(and(eq(changes.keyId, keyId), inArray(changes.state, ['planned', 'sent', 'unknown'])))
    .limit(1);
  if (open) throw new AppError('conflict', 'Another change of this key is still under way.');
}

async function takeBack(context: ServerContext, raise: RaiseRow): Promise<RaiseEnding> {
  const asKeyward: ServerContext = { ...context, actor: { kind: 'system', name: 'Keyward' } };
  const loaded = await loadKey(asKeyward, 'keys.read', raise.keyId);
  const { key, connection } = loaded;
  const finish = (state: 'ended' | 'drifted', words: string, limit: Limit | null) =>
    withTransaction(context, (tx) => finishRaise(tx, context, raise.id, { key, state, words, limit }));
  const open = await listOpenRaises(context.db, key.id);
  const finishQuietly = (words: string, limit: Limit) =>
    withTransaction(context, async (tx) => {
      await requireQuietRaises(tx, key.id, { open, raiseId: raise.id });
      await finishRaise(tx, context, raise.id, { key, state: 'ended', words, limit });
    });
  if (key.deletedAt) {
    await finish('ended', 'The key was deleted.', null);
    return { kind: 'ended' };
  }
  const active = open.filter(({ state }) => state === 'active');
  const expected = limitUnder(active) ?? raise.raisedLimit;
  const rest = active.filter(({ id }) => id !== raise.id).map(({ raisedLimit }) => raisedLimit);
  const target = effectiveLimit(raise.baseLimit, rest);
  if (isSameLimit(expected, target)) {
    await finishQuietly('Another raise, or the limit itself, is as high: nothing had to change.', target);
    return { kind: 'ended' };
  }
  if (connection.state === 'removed') {
    const words = `${connection.name} was removed, so the limit could not be set back: do it at the provider.`;
    await finish('drifted', words, null);
    return { kind: 'drifted' };
  }
  if (connection.state === 'paused') throw new AppError('conflict', `${connection.name} is paused.`);
  await requireSettled(context, key.id);
  const current = await readLimit(context, loaded);
  if (current === null) {
    await finish('ended', 'The provider does not know the key any more.', null);
    return { kind: 'ended' };
  }
  if (isSameLimit(current.limit, target)) {
    await finishQuietly('The limit had been set back already.', target);
    return { kind: 'ended' };
  }
  if (!isSameLimit(current.limit, expected)) {
    await drift(context, { raise, loaded, expected, found: current.limit });
    return { kind: 'drifted' };
  }
  const step = {
    loaded,
    from: current,
    to: target,
    raiseId: raise.id,
    open,
    reason: 'The raise until a date ended',
  };
  await setRaisedLimit(context, step, (tx) =>
    finishRaise(tx, context, raise.id, { key, state: 'ended', words: 'It ended as planned.', limit: target }),
  );
  return { kind: 'ended' };
}

type Drift = {
  readonly raise: RaiseRow;
  readonly loaded: LoadedKey;
  readonly expected: Limit;
  readonly found: Limit;
};

async function drift(context: ServerContext, { raise, loaded, expected, found }: Drift): Promise<void> {
  const { key } = loaded;
  await withTransaction(context, async (tx) => {
    const told = {
      raiseId: raise.id,
      base: raise.baseLimit,
      raised: raise.raisedLimit,
      endsAt: raise.endsAt.toISOString(),
    };
    await openLimitDrift(tx, context, { key, raise: told, expected, found });
    const words =
      'The limit was changed since the raise began. Nothing was overwritten: it stands on the drift list.';
    await finishRaise(tx, context, raise.id, { key, state: 'drifted', words, limit: found });
  });
}
