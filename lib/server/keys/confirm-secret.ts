import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Transaction } from '@/lib/db/client';
import { changes } from '@/lib/db/schema';
import type { changeIdSchema } from '@/lib/domain/changes/change-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { notFound } from '../errors';
import { findIncidentOf } from '../incidents/open-incident';

export type SecretConfirmation = {
  /** False when it came too late: the key was stopped meanwhile. */
  readonly isInTime: boolean;
};

/** The browser of whoever created a key says that it showed the secret: until then the key may be one that nobody holds. */
export async function confirmSecret(
  context: ServerContext,
  { changeId }: z.output<typeof changeIdSchema>,
): Promise<SecretConfirmation> {
  requirePermission(context, 'keys.create');
  const person = requireUser(context);
  return withTransaction(context, async (tx) => {
    const [row] = await tx
      .select()
      .from(changes)
      .where(
        and(
          eq(changes.id, changeId),
          eq(changes.kind, 'create_key'),
          eq(changes.state, 'applied'),
          eq(changes.requestedBy, person.id),
        ),
      )
      .for('update');
    if (!row) throw notFound('change');
    if (row.lookAt === null || (await findIncidentOf(tx, changeId))) {
      return { isInTime: (await findIncidentOf(tx, changeId)) === null };
    }
    await endWatch(tx, context, row);
    return { isInTime: true };
  });
}

async function endWatch(
  tx: Transaction,
  context: ServerContext,
  row: typeof changes.$inferSelect,
): Promise<void> {
  await tx.update(changes).set({ lookAt: null }).where(eq(changes.id, row.id));
  await appendAudit(tx, context, {
    action: 'key.see_secret',
    subjectKind: 'key',
    subjectId: row.keyId,
    connectionId: row.connectionId,
    keyId: row.keyId,
    changeId: row.id,
    outcome: 'done',
  });
}
