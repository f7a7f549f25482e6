import 'server-only';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { rotations } from '@/lib/db/schema';
import { nextStep, type RotationHold } from '@/lib/domain/rotation/next-step';
import type { Watch } from '@/lib/domain/rotation/watch-old-key';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { type LoadedRotation, loadRotation, type RotationRow } from './load-rotation';
import { askAboutRefusal, closeRefusal, isWriteStep } from './refused-step';
import { findRotationFacts } from './rotation-facts';
import { takeStep } from './take-step';
import { tellRotationWaits } from './tell-rotation';

/** More steps than any rotation has: a step that changes nothing must not go round for ever. */
const MOST_STEPS = 12;

export type Advanced = {
  readonly loaded: LoadedRotation;
  readonly watch: Watch;
  /** Why it waits; null when it has ended. */
  readonly hold: RotationHold | null;
};

function sameMoment(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}

/** Keeps what the last reads told of the old key, so that a restart goes on from there. */
async function storeWatch(context: ServerContext, row: RotationRow, watch: Watch): Promise<void> {
  const { quietSince, lastRequests, seenUntil } = watch;
  const isKnown =
    sameMoment(row.quietSince, quietSince) &&
    row.lastRequests === lastRequests &&
    sameMoment(row.lastCheckedAt, seenUntil);
  if (isKnown) return;
  await context.db
    .update(rotations)
    .set({ quietSince, lastRequests, lastCheckedAt: seenUntil })
    .where(
      and(
        eq(rotations.id, row.id),
        inArray(rotations.state, ['watching', 'retiring']),
        isNull(rotations.finishedAt),
      ),
    );
}

async function storeFailure(context: ServerContext, row: RotationRow, failure: string): Promise<void> {
  await context.db
    .update(rotations)
    .set({ failure })
    .where(and(eq(rotations.id, row.id), isNull(rotations.finishedAt)));
}

/**
 * Takes a rotation as far as it can go now. To be called again and again, by anyone: what is to be done is read
 * anew each time. A write that was refused or whose answer was lost is kept as the rotation's failure and tried
 * again later.
 */
export async function advanceRotation(context: ServerContext, rotationId: string): Promise<Advanced> {
  for (let steps = 0; ; steps += 1) {
    const loaded = await loadRotation(context.db, rotationId);
    const { row } = loaded;
    const found = row.finishedAt === null ? await findRotationFacts(context, loaded) : null;
    if (found === null) return { loaded, watch: endedWatch(row), hold: null };
    const { watch, facts } = found;
    if (row.state === 'watching' || row.state === 'retiring') await storeWatch(context, row, watch);
    const step = nextStep(facts);
    if (step.kind === 'wait') {
      await tellRotationWaits(context, loaded, step.hold);
      return { loaded, watch, hold: step.hold };
    }
    if (steps >= MOST_STEPS) throw new Error(`the rotation ${rotationId} goes round at ${step.kind}`);
    try {
      const isTaken = await takeStep(context, loaded, step, found);
      if (isWriteStep(step)) await closeRefusal(context, loaded, step);
      if (isTaken) continue;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error;
      if (isWriteStep(step)) await askAboutRefusal(context, loaded, step, error);
      await storeFailure(context, row, error.message);
      // The other settings of a new key go on without the one that failed.
      if (step.kind === 'copy' && error.code === 'provider_refused') continue;
      const loadedNow = await loadRotation(context.db, rotationId);
      return { loaded: loadedNow, watch, hold: error.code === 'outcome_unknown' ? 'checking' : 'refused' };
    }
  }
}

/** Nothing is watched any more: what the row kept. */
export function endedWatch({ quietSince, lastRequests, lastCheckedAt, startedAt }: RotationRow): Watch {
  return {
    quietSince: quietSince ?? startedAt,
    lastRequests: lastRequests ?? 0,
    seenUntil: lastCheckedAt,
    quietMs: 0,
    earliest: startedAt,
    isQuiet: false,
  };
}
