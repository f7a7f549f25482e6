import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { connections } from '@/lib/db/schema';
import type { setConnectionPausedSchema } from '@/lib/domain/connections/connection-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { cancelRunningReads } from './cancel-running-reads';
import { lockConnection } from './get-connection';

/** Stops or resumes all calls of a connection; its keys at the provider go on working. */
export async function setConnectionPaused(
  context: ServerContext,
  input: z.output<typeof setConnectionPausedSchema>,
): Promise<void> {
  requirePermission(context, 'connections.write');
  const state = input.isPaused ? 'paused' : 'active';
  await withTransaction(context, async (tx) => {
    const connection = await lockConnection(tx, input.connectionId);
    if (connection.state === state) return;
    if (input.isPaused) await cancelRunningReads(tx, connection.id);
    await tx.update(connections).set({ state }).where(eq(connections.id, connection.id));
    await appendAudit(tx, context, {
      action: input.isPaused ? 'connection.pause' : 'connection.resume',
      subjectKind: 'connection',
      subjectId: connection.id,
      subjectName: connection.name,
      connectionId: connection.id,
      before: { state: connection.state },
      after: { state },
      outcome: 'done',
    });
  });
}
