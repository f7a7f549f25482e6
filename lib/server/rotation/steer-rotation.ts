import 'server-only';
import type { SteerRotationInput, WaitLongerInput } from '@/lib/domain/rotation/rotation-input';
import type { RotationView } from '@/lib/domain/rotation/rotation-view';
import { requirePermission, type ServerContext } from '../context';
import { AppError } from '../errors';
import { loadKey, requireActive } from '../keys/load-key';
import { advanceRotation } from './advance-rotation';
import { type LoadedRotation, loadRotation } from './load-rotation';
import { moveRotation } from './record-rotation';
import { rotationViewOf } from './rotation-view-of';
import { deleteAtOf, stopOldKey } from './stop-old-key';

const HOUR_MS = 3_600_000;

async function loadOpen(context: ServerContext, rotationId: string): Promise<LoadedRotation> {
  const loaded = await loadRotation(context.db, rotationId);
  await loadKey(context, 'keys.delete', loaded.old.id);
  const { state, finishedAt } = loaded.row;
  if (finishedAt !== null) throw new AppError('conflict', 'This rotation has ended already.');
  if (state === 'creating') {
    throw new AppError('conflict', 'The new key is still being made. Look again in a moment.');
  }
  if (state === 'cancelled') throw new AppError('conflict', 'This rotation is being taken back already.');
  return loaded;
}

function requireMoved(isMoved: boolean): void {
  if (!isMoved) throw new AppError('stale', 'The rotation went on meanwhile. Look at it again first.');
}

async function viewAfter(context: ServerContext, rotationId: string): Promise<RotationView> {
  return rotationViewOf(await advanceRotation(context, rotationId));
}

/** Keeps the old key for longer than the quiet alone asks for. */
export async function waitLonger(context: ServerContext, input: WaitLongerInput): Promise<RotationView> {
  requirePermission(context, 'keys.delete');
  const loaded = await loadOpen(context, input.rotationId);
  if (loaded.row.state !== 'watching') {
    throw new AppError('conflict', `${loaded.old.name} is stopped already. Go back to have it again.`);
  }
  const { watch } = await advanceRotation(context, input.rotationId);
  const from = Math.max(watch.earliest.getTime(), context.now().getTime());
  const waitUntil = new Date(from + input.hours * HOUR_MS);
  requireMoved(
    await moveRotation(context, loaded, {
      act: 'wait',
      from: (row) => row.finishedAt === null && row.state === 'watching',
      to: { waitUntil },
      facts: { waitUntil: waitUntil.toISOString() },
    }),
  );
  return viewAfter(context, input.rotationId);
}

/** Retires the old key without waiting for its quiet, or once more where someone took the stop back. */
export async function retireNow(context: ServerContext, input: SteerRotationInput): Promise<RotationView> {
  requirePermission(context, 'keys.delete');
  const loaded = await loadOpen(context, input.rotationId);
  requireActive(loaded.connection);
  const { state } = loaded.row;
  requireMoved(
    await moveRotation(context, loaded, {
      act: 'retire',
      from: (row) => row.finishedAt === null && row.state === state,
      to: { state: 'retiring', waitUntil: null, failure: null },
      facts: { isAskedFor: true },
      reason: input.reason,
    }),
  );
  const { hold } = await advanceRotation(context, input.rotationId);
  if (hold === 'taken_back') await stopAgain(context, input.rotationId);
  return viewAfter(context, input.rotationId);
}

/** A person asked for it anew: the former stop, which someone took back, does not stand against it. */
async function stopAgain(context: ServerContext, rotationId: string): Promise<void> {
  await stopOldKey(context, await loadRotation(context.db, rotationId));
  const stopped = await loadRotation(context.db, rotationId);
  const deleteAt = await deleteAtOf(context, stopped);
  await moveRotation(context, stopped, {
    act: 'stop_old',
    from: (row) => row.finishedAt === null && row.state === 'retiring',
    to: { waitUntil: deleteAt, failure: null },
    facts: { deleteAfter: deleteAt.toISOString() },
  });
}

/** Takes the rotation back: the old key stays, or works again, and the new one is deleted. */
export async function goBack(context: ServerContext, input: SteerRotationInput): Promise<RotationView> {
  requirePermission(context, 'keys.delete');
  const loaded = await loadOpen(context, input.rotationId);
  requireActive(loaded.connection);
  const { old, row } = loaded;
  if (old.deletedAt || old.goneAt) {
    throw new AppError('conflict', `${old.name} is gone for good: there is no way back to it.`);
  }
  const isWatching = row.state === 'watching';
  requireMoved(
    await moveRotation(context, loaded, {
      act: 'go_back',
      from: (now) => now.finishedAt === null && now.state === row.state,
      // What a person asked to wait for says nothing of a stop; only a retired key has the day of its deletion here.
      to: { state: 'cancelled', failure: null, ...(isWatching ? { waitUntil: null } : {}) },
      facts: { was: row.state },
      reason: input.reason,
    }),
  );
  return viewAfter(context, input.rotationId);
}
