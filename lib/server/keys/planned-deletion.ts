import 'server-only';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { auditEvents, keys } from '@/lib/db/schema';
import { appendAudit } from '../audit/append-audit';
import { requireTurn } from '../changes/record-change';
import { type ServerContext, withTransaction } from '../context';
import type { KeyDbRow } from './load-key';

export type PlannedDeletion = {
  readonly askedAt: Date;
  /** The deletion disabled the key; false when it was disabled before. */
  readonly hasDisabled: boolean;
};

/** The record of a deletion that waits: it stands in the audit row that carries the same moment. */
export async function findPlannedDeletion(
  db: Queryable,
  key: Pick<KeyDbRow, 'id' | 'deleteAfter'>,
): Promise<PlannedDeletion | null> {
  if (key.deleteAfter === null) return null;
  const [row] = await db
    .select({ at: auditEvents.at, action: auditEvents.action })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.keyId, key.id),
        inArray(auditEvents.action, ['key.disable_key', 'key.plan_delete']),
        inArray(auditEvents.outcome, ['applied', 'done']),
        eq(sql`${auditEvents.after}->>'deleteAfter'`, key.deleteAfter.toISOString()),
      ),
    )
    .orderBy(desc(auditEvents.seq))
    .limit(1);
  return row ? { askedAt: row.at, hasDisabled: row.action === 'key.disable_key' } : null;
}

type Mark = Pick<KeyDbRow, 'deleteAfter' | 'deleteAskedBy'>;

export const NO_DELETION: Mark = { deleteAfter: null, deleteAskedBy: null };

type Marking = {
  readonly key: KeyDbRow;
  readonly mark: Mark;
  readonly reason: string;
  /** Written in the same transaction. */
  readonly also?: (tx: Transaction) => Promise<void>;
};

/** Sets or takes away the day of a deletion where nothing is to be changed at the provider. Audited. */
export async function markDeletion(
  context: ServerContext,
  { key, mark, reason, also }: Marking,
): Promise<void> {
  await withTransaction(context, async (tx) => {
    await requireTurn(tx, key);
    // Whoever decided on the key as it was before decides again.
    await tx
      .update(keys)
      .set({ ...mark, writtenAt: context.now() })
      .where(eq(keys.id, key.id));
    await appendAudit(tx, context, {
      action: mark.deleteAfter === null ? 'key.cancel_delete' : 'key.plan_delete',
      subjectKind: 'key',
      subjectId: key.id,
      subjectName: key.name,
      connectionId: key.connectionId,
      keyId: key.id,
      before: { deleteAfter: key.deleteAfter?.toISOString() ?? null },
      after: { deleteAfter: mark.deleteAfter?.toISOString() ?? null },
      reason,
      outcome: 'done',
    });
    await also?.(tx);
  });
}
