import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { connectionSecrets, connections } from '@/lib/db/schema';
import type { replaceConnectionKeySchema } from '@/lib/domain/connections/connection-input';
import { sealSecret } from '@/lib/utils/secret-box';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { keyTailOf } from './create-connection';
import { getConnection, lockConnection } from './get-connection';
import { secretBinding } from './provider-gateway';
import { testConnection } from './test-connection';

/**
 * Tests a new management key and, only when it works, puts it in the place of the old one.
 * Throws what `testConnection` does; the old key then stays.
 */
export async function replaceConnectionKey(
  context: ServerContext,
  input: z.output<typeof replaceConnectionKeySchema>,
): Promise<void> {
  requirePermission(context, 'connections.write');
  const { provider, baseUrl } = await getConnection(context.db, input.connectionId);
  const { managementKey } = input;
  const report = await testConnection(context, { provider, baseUrl, managementKey });
  const keyTail = keyTailOf(managementKey);
  await withTransaction(context, async (tx) => {
    const connection = await lockConnection(tx, input.connectionId);
    const sealed = sealSecret(context.providers.masterKey, managementKey, secretBinding(connection.id));
    await tx
      .insert(connectionSecrets)
      .values({ connectionId: connection.id, sealed })
      .onConflictDoUpdate({ target: connectionSecrets.connectionId, set: { sealed } });
    await tx
      .update(connections)
      .set({
        keyTail,
        keySetAt: context.now(),
        ownKeyExternalId: report.ownKeyExternalId,
        generation: report.generation,
        accountName: report.accountName,
        balance: report.balance,
        balanceAt: report.balance === null ? null : context.now(),
      })
      .where(eq(connections.id, connection.id));
    await appendAudit(tx, context, {
      action: 'connection.replace_key',
      subjectKind: 'connection',
      subjectId: connection.id,
      subjectName: connection.name,
      connectionId: connection.id,
      before: { keyTail: connection.keyTail, accountName: connection.accountName },
      after: { keyTail, accountName: report.accountName },
      outcome: 'done',
    });
  });
}
