import 'server-only';
import { connectionSecrets, connections } from '@/lib/db/schema';
import type { CreateConnectionInput } from '@/lib/domain/connections/connection-input';
import { sealSecret } from '@/lib/utils/secret-box';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { requireFreeName } from './get-connection';
import { secretBinding } from './provider-gateway';
import { testConnection } from './test-connection';

/** The last characters of a management key: enough to tell two apart, too few to use. */
export function keyTailOf(managementKey: string): string {
  return managementKey.slice(-4);
}

/** Tests the key once more, then stores it sealed. Answers the connection's id. Throws what `testConnection` does. */
export async function createConnection(
  context: ServerContext,
  input: CreateConnectionInput,
): Promise<{ connectionId: number }> {
  requirePermission(context, 'connections.write');
  await requireFreeName(context.db, input.name);
  const report = await testConnection(context, input);
  return withTransaction(context, async (tx) => {
    await requireFreeName(tx, input.name);
    const [row] = await tx
      .insert(connections)
      .values({
        provider: input.provider,
        name: input.name,
        baseUrl: input.baseUrl,
        generation: report.generation,
        accountName: report.accountName,
        keyTail: keyTailOf(input.managementKey),
        keySetAt: context.now(),
        ownKeyExternalId: report.ownKeyExternalId,
        balance: report.balance,
        balanceAt: report.balance === null ? null : context.now(),
        createdBy: context.actor.kind === 'user' ? context.actor.id : null,
        createdAt: context.now(),
      })
      .returning({ id: connections.id });
    if (!row) throw new Error('the connection was not stored');
    const sealed = sealSecret(context.providers.masterKey, input.managementKey, secretBinding(row.id));
    await tx.insert(connectionSecrets).values({ connectionId: row.id, sealed });
    await appendAudit(tx, context, {
      action: 'connection.create',
      subjectKind: 'connection',
      subjectId: row.id,
      subjectName: input.name,
      connectionId: row.id,
      after: { provider: input.provider, baseUrl: input.baseUrl, keyTail: keyTailOf(input.managementKey) },
      outcome: 'done',
    });
    return { connectionId: row.id };
  });
}
