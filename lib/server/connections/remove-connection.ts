import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { connectionSecrets, connections } from '@/lib/db/schema';
import type { removeConnectionSchema } from '@/lib/domain/connections/connection-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { invalidField } from '../errors';
import { cancelRunningReads } from './cancel-running-reads';
import { lockConnection } from './get-connection';

/** Forgets the management key and stops reading. Keys, spend history and audit stay; nothing changes at the provider. */
export async function removeConnection(
  context: ServerContext,
  input: z.output<typeof removeConnectionSchema>,
): Promise<void> {
  requirePermission(context, 'connections.write');
  await withTransaction(context, async (tx) => {
    const connection = await lockConnection(tx, input.connectionId);
    if (input.typedName.trim() !== connection.name) {
      throw invalidField('typedName', `Type “${connection.name}” to confirm.`);
    }
    await cancelRunningReads(tx, connection.id);
    await tx.delete(connectionSecrets).where(eq(connectionSecrets.connectionId, connection.id));
    await tx
      .update(connections)
      .set({ state: 'removed', removedAt: context.now() })
      .where(eq(connections.id, connection.id));
    await appendAudit(tx, context, {
      action: 'connection.remove',
      subjectKind: 'connection',
      subjectId: connection.id,
      subjectName: connection.name,
      connectionId: connection.id,
      before: { provider: connection.provider, baseUrl: connection.baseUrl, keyTail: connection.keyTail },
      outcome: 'done',
    });
  });
}
