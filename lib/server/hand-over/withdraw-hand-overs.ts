import 'server-only';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { handOvers, incidents } from '@/lib/db/schema';
import { appendAudit } from '../audit/append-audit';
import type { ServerContext } from '../context';
import { auditSubjectOf, lockHandOver } from './load-hand-over';

/**
 * A key that is deleted, or disabled to be deleted, takes the waiting links to its secret with it: the seals are
 * wiped, and nothing is left to stop. In the transaction that records the key's own end.
 */
export async function withdrawHandOvers(
  tx: Transaction,
  context: ServerContext,
  keyId: number,
): Promise<void> {
  const waiting = await tx
    .select({ id: handOvers.id })
    .from(handOvers)
    .where(and(eq(handOvers.keyId, keyId), isNotNull(handOvers.sealed)))
    .orderBy(handOvers.createdAt);
  for (const { id } of waiting) {
    const found = await lockHandOver(tx, id);
    if (!found || found.handOver.sealed === null) continue;
    const at = context.now();
    await tx
      .update(handOvers)
      .set({ sealed: null, revokedAt: at, expiredAt: at })
      .where(eq(handOvers.id, id));
    await appendAudit(tx, context, {
      action: 'hand_over.revoke',
      ...auditSubjectOf(found),
      after: { handOverId: id, cause: 'key_deleted' },
      outcome: 'done',
    });
  }
}

/** Whether nobody confirmed seeing the secret when it was shown. */
async function isUnseen(db: Queryable, keyId: number): Promise<boolean> {
  const asked = await db.$count(
    incidents,
    and(eq(incidents.keyId, keyId), eq(incidents.kind, 'secret_not_seen'), isNull(incidents.resolvedAt)),
  );
  return asked > 0;
}

/** Whether the secret never reached anybody, as far as Keyward knows: it was not collected, or nobody saw it. */
export async function isSecretLost(db: Queryable, keyId: number): Promise<boolean> {
  if (await isUnseen(db, keyId)) return true;
  const rows = await db
    .select({ collectedAt: handOvers.collectedAt, sealed: handOvers.sealed })
    .from(handOvers)
    .where(eq(handOvers.keyId, keyId));
  return rows.length > 0 && rows.every(({ collectedAt, sealed }) => collectedAt === null && sealed === null);
}
