import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { connections } from '@/lib/db/schema';
import type { updateConnectionSchema } from '@/lib/domain/connections/connection-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { lockConnection, requireFreeName } from './get-connection';

/** Renames a connection here; nothing changes at the provider. Throws `invalid` for a name that another one has. */
export async function updateConnection(
  context: ServerContext,
  input: z.output<typeof updateConnectionSchema>,
): Promise<void> {
  requirePermission(context, 'connections.write');
  await withTransaction(context, async (tx) => {
    const connection = await lockConnection(tx, input.connectionId);
    if (connection.name === input.name) return;
    await requireFreeName(tx, input.name, connection.id);
    await tx.update(connections).set({ name: input.name }).where(eq(connections.id, connection.id));
    await appendAudit(tx, context, {
      action: 'connection.rename',
      subjectKind: 'connection',
      subjectId: connection.id,
      subjectName: input.name,
      connectionId: connection.id,
      before: { name: connection.name },
      after: { name: input.name },
      outcome: 'done',
    });
  });
}
