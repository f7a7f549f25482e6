import 'server-only';
import { asc, isNull } from 'drizzle-orm';
import { rotations } from '@/lib/db/schema';
import { log } from '@/lib/utils/log';
import type { ServerContext } from '../context';
import { requireSystem } from '../people/people-context';
import { advanceRotation } from './advance-rotation';

/**
 * Takes every open rotation as far as it can go now. To be called again and again, by several processes too: one
 * that cannot go on does not keep the others.
 */
export async function advanceRotations(context: ServerContext): Promise<{ readonly open: number }> {
  requireSystem(context);
  const due = await context.db
    .select({ id: rotations.id })
    .from(rotations)
    .where(isNull(rotations.finishedAt))
    .orderBy(asc(rotations.startedAt));
  for (const { id } of due) {
    try {
      await advanceRotation(context, id);
    } catch (error) {
      log.error({ err: error, rotationId: id }, 'A rotation could not go on; it is tried again');
    }
  }
  return { open: due.length };
}
