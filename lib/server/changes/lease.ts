import 'server-only';
import { and, inArray, isNotNull, sql } from 'drizzle-orm';
import { changes } from '@/lib/db/schema';
import { log } from '@/lib/utils/log';
import type { ServerContext } from '../context';

/** So long after the last sign of life of a process its changes are taken up by another one. */
export const LEASE_MS = 30_000;
const HEARTBEAT_MS = 10_000;

const shared = globalThis as typeof globalThis & { keywardRunningChanges?: Set<string> };

/** The changes that this process is at, through every copy of this module: nothing else takes them up. */
export function runningChanges(): ReadonlySet<string> {
  shared.keywardRunningChanges ??= new Set();
  return shared.keywardRunningChanges;
}

export function leaseEnd(context: ServerContext): Date {
  return new Date(context.now().getTime() + LEASE_MS);
}

async function giveSignOfLife(context: ServerContext, changeId: string): Promise<void> {
  try {
    await context.db
      .update(changes)
      .set({ lookAt: leaseEnd(context) })
      .where(and(sql`${changes.id} = ${changeId}`, isNotNull(changes.lookAt)));
  } catch (error) {
    log.warn({ err: error, changeId }, 'The sign of life of a change could not be written');
  }
}

/** Runs `work` on a change while other processes keep away from it. */
export async function whileRunning<T>(
  context: ServerContext,
  changeId: string,
  work: () => Promise<T>,
): Promise<T> {
  shared.keywardRunningChanges ??= new Set();
  const running = shared.keywardRunningChanges;
  running.add(changeId);
  let beat: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    beat = giveSignOfLife(context, changeId);
  }, HEARTBEAT_MS);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await beat;
    running.delete(changeId);
  }
}

/**
 * For the start of a process that is the only one on its database: whatever a dead one left behind is taken up
 * at once instead of after its lease.
 */
export async function endDeadLeases(context: ServerContext): Promise<void> {
  const own = [...runningChanges()];
  await context.db
    .update(changes)
    .set({ lookAt: context.now() })
    .where(
      and(
        inArray(changes.state, ['planned', 'sent', 'unknown']),
        isNotNull(changes.lookAt),
        own.length === 0 ? undefined : sql`not (${inArray(changes.id, own)})`,
      ),
    );
}
