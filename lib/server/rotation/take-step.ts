import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import type { RotationStep } from '@/lib/domain/rotation/next-step';
import type { ServerContext } from '../context';
import { updateKeyExpiry } from '../keys/update-key-expiry';
import { updateKeyLabels } from '../keys/update-key-labels';
import type { LoadedRotation } from './load-rotation';
import { moveRotation } from './record-rotation';
import type { FoundFacts } from './rotation-facts';
import { deleteAtOf, deleteOldKey, restoreOldKey, stopNewKey, stopOldKey } from './stop-old-key';

const failures = {
  not_created:
    'No new key came about: Keyward stopped, or the answer was lost, before its secret reached anyone. What was made was removed. The old key is as it was.',
  connection_removed: 'The connection was removed before the old key was retired. It is as it was.',
} as const;

async function copy(
  context: ServerContext,
  loaded: LoadedRotation,
  what: 'labels' | 'expiry',
): Promise<void> {
  const { row, old, new: made } = loaded;
  if (made === null) return;
  const reason = `Copied from ${old.name}.`;
  const options = { parentId: row.id };
  if (what === 'labels') {
    const wish = { keyId: made.id, seenLabels: made.labels, labels: old.labels, reason };
    await updateKeyLabels(context, wish, options);
    return;
  }
  const expiresAt = old.expiresAt?.toISOString() ?? null;
  await updateKeyExpiry(context, { keyId: made.id, expiresAt, reason }, options);
}

/** Ends a rotation that came to nothing, or whose end cannot be reached any more. */
export async function failRotation(
  context: ServerContext,
  loaded: LoadedRotation,
  failure: string,
): Promise<boolean> {
  const { state } = loaded.row;
  return moveRotation(context, loaded, {
    act: 'fail',
    from: (row) => row.finishedAt === null && row.state === state,
    to: { state: 'failed', failure, finishedAt: context.now() },
    facts: { why: failure },
  });
}

/**
 * Takes one step. Each leaves behind, in the ledger, the mirror or the row, that it was taken, so that whoever comes
 * after a crash goes on with the next one. Answers false when nothing moved. Throws what a refused write throws.
 */
export async function takeStep(
  context: ServerContext,
  loaded: LoadedRotation,
  step: Exclude<RotationStep, { kind: 'wait' }>,
  { ledger }: FoundFacts,
): Promise<boolean> {
  const { row, old, new: made } = loaded;
  const isStill = (state: string) => (now: typeof row) => now.finishedAt === null && now.state === state;
  switch (step.kind) {
    case 'fail':
      return failRotation(context, loaded, failures[step.cause]);
    case 'copy':
      await copy(context, loaded, step.what);
      return true;
    case 'begin_retiring':
      return moveRotation(context, loaded, {
        act: 'retire',
        from: isStill('watching'),
        to: { state: 'retiring', waitUntil: null, failure: null },
        facts: { quietHours: row.quietHours, quietSince: row.quietSince?.toISOString() ?? null },
      });
    case 'stop_old':
      await stopOldKey(context, loaded);
      return true;
    case 'record_stop': {
      const deleteAt = await deleteAtOf(context, loaded);
      return moveRotation(context, loaded, {
        act: 'stop_old',
        from: (now) => isStill('retiring')(now) && now.waitUntil === null,
        to: { waitUntil: deleteAt, failure: null },
        facts: { deleteAfter: deleteAt.toISOString() },
      });
    }
    case 'delete_old':
      await deleteOldKey(context, loaded);
      return true;
    case 'finish':
      return moveRotation(context, loaded, {
        act: 'finish',
        from: isStill(row.state),
        to: { state: 'done', failure: null, finishedAt: context.now() },
        facts: { oldKeyIs: old.deletedAt === null ? 'gone' : 'deleted' },
      });
    case 'restore_old':
      await restoreOldKey(context, loaded, ledger);
      return true;
    case 'stop_new':
      await stopNewKey(context, loaded);
      return true;
    case 'finish_back':
      return moveRotation(context, loaded, {
        act: 'end_back',
        from: isStill('cancelled'),
        to: { failure: null, finishedAt: context.now() },
        also: async (tx) => {
          if (made) await tx.update(keys).set({ succeedsKeyId: null }).where(eq(keys.id, made.id));
        },
      });
  }
}
