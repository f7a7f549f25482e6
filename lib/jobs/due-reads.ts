import 'server-only';
import { eq } from 'drizzle-orm';
import { connections } from '@/lib/db/schema';
import type { ReadView } from '@/lib/domain/connections/connection-view';
import type { ServerContext } from '@/lib/server/context';
import { listReads, NEVER_READ } from '@/lib/server/reads/list-reads';

export type DueRead = { readonly connectionId: number; readonly kind: 'keys' | 'usage' };

/** Intervals vary by a tenth, so that connections do not all call their providers in the same moment. */
const JITTER = 0.1;

const WRONG_CLOCK_MS = 60_000;

/** Between 0 and 1, the same for each look at the same read. */
function chanceOf(readId: string): number {
  return Number.parseInt(readId.slice(0, 4), 16) / 0xffff;
}

/** Whether so much time has passed since the last read began. */
export function isDue(read: ReadView, now: Date, intervalSeconds: number): boolean {
  if (read.state === 'running') return false;
  if (read.id === null || read.startedAt === null) return true;
  const interval = intervalSeconds * 1_000 * (1 - JITTER + 2 * JITTER * chanceOf(read.id));
  const sinceMs = now.getTime() - Date.parse(read.startedAt);
  // A read that began in the future began by a clock that stood wrong.
  return sinceMs >= interval || sinceMs < -WRONG_CLOCK_MS;
}

/** What is to be read now. Usage waits for the first read of keys, which tells whose usage it is. */
export async function listDueReads(context: ServerContext, intervalSeconds: number): Promise<DueRead[]> {
  const active = await context.db
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.state, 'active'));
  const reads = await listReads(context);
  const now = context.now();
  return active.flatMap(({ id }) => {
    const { keys, usage } = reads.get(id) ?? { keys: NEVER_READ, usage: NEVER_READ };
    const due: DueRead[] = [];
    if (isDue(keys, now, intervalSeconds)) due.push({ connectionId: id, kind: 'keys' });
    const hasKeys = keys.lastCompleteAt !== null || keys.state === 'complete' || keys.state === 'partial';
    if (hasKeys && isDue(usage, now, intervalSeconds)) due.push({ connectionId: id, kind: 'usage' });
    return due;
  });
}
