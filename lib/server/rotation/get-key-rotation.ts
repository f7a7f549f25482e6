import 'server-only';
import { desc, eq, or, sql } from 'drizzle-orm';
import { rotations } from '@/lib/db/schema';
import { nextStep } from '@/lib/domain/rotation/next-step';
import type { KeyRotation, RotationView } from '@/lib/domain/rotation/rotation-view';
import type { ServerContext } from '../context';
import { loadKey } from '../keys/load-key';
import { endedWatch } from './advance-rotation';
import { listLine } from './list-line';
import { loadRotation } from './load-rotation';
import { findRotationFacts } from './rotation-facts';
import { rotationViewOf } from './rotation-view-of';

async function viewOf(context: ServerContext, rotationId: string): Promise<RotationView> {
  const loaded = await loadRotation(context.db, rotationId);
  const { row } = loaded;
  if (row.finishedAt !== null) return rotationViewOf({ loaded, watch: endedWatch(row), hold: null });
  const { facts, watch } = await findRotationFacts(context, loaded);
  const step = nextStep(facts);
  return rotationViewOf({ loaded, watch, hold: step.kind === 'wait' ? step.hold : null });
}

/** The line of succession that a key stands in, and its rotation: the open one, else the last one. */
export async function getKeyRotation(
  context: ServerContext,
  input: { readonly keyId: number },
): Promise<KeyRotation> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  const [found] = await context.db
    .select({ id: rotations.id })
    .from(rotations)
    .where(or(eq(rotations.oldKeyId, key.id), eq(rotations.newKeyId, key.id)))
    // A key that took over and is being rotated itself: the latter is what is under way.
    .orderBy(sql`${rotations.finishedAt} is null desc`, desc(rotations.startedAt))
    .limit(1);
  return {
    asOf: context.now().toISOString(),
    line: await listLine(context, key.id),
    rotation: found ? await viewOf(context, found.id) : null,
  };
}
