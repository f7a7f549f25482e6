import 'server-only';
import { and, eq } from 'drizzle-orm';
import { reads } from '@/lib/db/schema';
import { requirePermission, type ServerContext } from '../context';
import { liveReads, ReadStopped } from './live-reads';

/**
 * Asks the running reads of a connection to stop; what they stored so far stays. A read of this process stops at
 * once, one of another process within seconds. Answers how many there were.
 */
export async function cancelRead(
  context: ServerContext,
  input: { readonly connectionId: number },
): Promise<{ cancelled: number }> {
  requirePermission(context, 'reads.start');
  const rows = await context.db
    .update(reads)
    .set({ isCancelAsked: true })
    .where(and(eq(reads.connectionId, input.connectionId), eq(reads.state, 'running')))
    .returning({ id: reads.id });
  for (const { id } of rows) liveReads().get(id)?.controller.abort(new ReadStopped('cancelled'));
  return { cancelled: rows.length };
}
