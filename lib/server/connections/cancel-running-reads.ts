import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { reads } from '@/lib/db/schema';

/** Asks the running reads of a connection to stop at their next step. */
export async function cancelRunningReads(tx: Transaction, connectionId: number): Promise<void> {
  await tx
    .update(reads)
    .set({ isCancelAsked: true })
    .where(and(eq(reads.connectionId, connectionId), eq(reads.state, 'running')));
}
