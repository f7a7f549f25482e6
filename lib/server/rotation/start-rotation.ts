import 'server-only';
import { eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { keys, rotations } from '@/lib/db/schema';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import type { StartRotationInput } from '@/lib/domain/rotation/rotation-input';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { type PreparedHandOver, prepareHandOver } from '../hand-over/prepare-hand-over';
import { type CreatedKey, createKey } from '../keys/create-key';
import { type LoadedKey, loadChangeableKey } from '../keys/load-key';
import { loadRotation, lockRotation } from './load-rotation';
import { findObstacle, planKey } from './plan-key';
import { auditRotation } from './record-rotation';
import { startingRotations } from './rotation-facts';
import { failRotation } from './take-step';
import { countRequests } from './watch-facts';

export type StartedRotation = Pick<CreatedKey, 'keyId' | 'name' | 'shortfalls'> & {
  readonly rotationId: string;
} & (
    | {
        readonly kind: 'secret';
        readonly secret: string;
        /** For `confirmSecret`, once the secret was shown. */
        readonly changeId: string;
      }
    | {
        readonly kind: 'link';
        readonly handOverId: string;
        /** For the link's fragment; in this answer alone. */
        readonly linkKey: string;
        readonly expiresAt: Date;
      }
  );

/**
 * Creates the key that takes over, hands its secret out, and begins to watch the old one. The rotation stands on
 * record before anything is sent, and the new key is tied to it in the transaction that records the key. Throws
 * `conflict` for a key that is being rotated already, and whatever `createKey` throws.
 */
export async function startRotation(
  context: ServerContext,
  input: StartRotationInput,
): Promise<StartedRotation> {
  requirePermission(context, 'keys.create');
  const loaded = await loadChangeableKey(context, 'keys.delete', input.keyId);
  const obstacle = await findObstacle(context, loaded);
  if (obstacle !== null) throw new AppError('conflict', obstacle);
  const handOver = input.handOver && (await prepareHandOver(context, input.handOver));
  const { wish } = await planKey(context, loaded);
  const rotationId = await insertRotation(context, loaded, input);
  startingRotations().add(rotationId);
  try {
    const created = await createKey(
      context,
      { ...wish, name: input.name, reason: input.reason },
      (tx, made) => beginWatching(tx, context, { rotationId, loaded, input, handOver, ...made }),
      { parentId: rotationId, isSecretShown: handOver === null },
    );
    const { keyId, name, secret, shortfalls, changeId } = created;
    const about = { rotationId, keyId, name, shortfalls };
    if (handOver === null) return { ...about, kind: 'secret', secret, changeId };
    const { handOverId, linkKey, expiresAt } = handOver;
    return { ...about, kind: 'link', handOverId, linkKey, expiresAt };
  } catch (error) {
    await endIfCertain(context, rotationId, error);
    throw error;
  } finally {
    startingRotations().delete(rotationId);
  }
}

async function insertRotation(
  context: ServerContext,
  { key }: LoadedKey,
  input: StartRotationInput,
): Promise<string> {
  const { actor } = context;
  return withTransaction(context, async (tx) => {
    const [row] = await tx
      .insert(rotations)
      .values({
        oldKeyId: key.id,
        state: 'creating',
        quietHours: input.quietHours,
        startedBy: actor.kind === 'user' ? actor.id : null,
        startedAt: context.now(),
      })
      .onConflictDoNothing()
      .returning({ id: rotations.id });
    if (!row) throw new AppError('conflict', `${key.name} is being rotated already.`);
    await auditRotation(tx, context, {
      rotationId: row.id,
      act: 'start',
      old: key,
      newKey: { id: null, name: input.name },
      facts: { quietHours: input.quietHours, isHandedOver: input.handOver !== null },
      reason: input.reason,
    });
    return row.id;
  });
}

type Made = {
  readonly rotationId: string;
  readonly loaded: LoadedKey;
  readonly input: StartRotationInput;
  readonly handOver: PreparedHandOver | null;
  readonly keyId: number;
  readonly secret: string;
};

/** In the transaction that records the new key: it has a secret now, so the old one's use is watched from here on. */
async function beginWatching(tx: Transaction, context: ServerContext, made: Made): Promise<void> {
  const { rotationId, loaded, input, handOver, keyId, secret } = made;
  const { key: old } = loaded;
  const row = await lockRotation(tx, rotationId);
  if (row.state !== 'creating') {
    throw new AppError('conflict', 'The rotation was given up meanwhile. Look at the key again.');
  }
  await tx.update(keys).set({ succeedsKeyId: old.id }).where(eq(keys.id, keyId));
  const lastRequests = await countRequests(tx, old.id, utcDayOf(row.startedAt));
  await tx
    .update(rotations)
    .set({ newKeyId: keyId, state: 'watching', quietSince: context.now(), lastRequests })
    .where(eq(rotations.id, rotationId));
  await handOver?.store(tx, { keyId, secret, name: input.name, connectionId: old.connectionId });
  await auditRotation(tx, context, {
    rotationId,
    act: 'watch',
    old,
    newKey: { id: keyId, name: input.name },
    facts: { quietHours: row.quietHours, handOverId: handOver?.handOverId ?? null },
  });
}

/** What surely made no key ends the rotation; what may have made one is ended once that is settled. */
async function endIfCertain(context: ServerContext, rotationId: string, error: unknown): Promise<void> {
  if (!(error instanceof AppError) || error.code === 'outcome_unknown' || error.code === 'internal') return;
  const loaded = await loadRotation(context.db, rotationId);
  if (loaded.row.state === 'creating') await failRotation(context, loaded, error.message);
}
