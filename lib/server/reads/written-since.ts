import 'server-only';
import { and, eq, gt, isNotNull, like, max } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { auditEvents } from '@/lib/db/schema';

/** The newest row of the audit log; 0 while there is none. Its numbers follow each other as the rows are committed. */
export async function lastAuditRow(db: Queryable): Promise<number> {
  const [last] = await db.select({ seq: max(auditEvents.seq) }).from(auditEvents);
  return last?.seq ?? 0;
}

/**
 * Keys of a connection that Keyward wrote after that row, by the audit log's order and by no clock: those of two
 * instances differ, and what one wrote during a read of the other must not give way to what that read was told.
 */
export async function listWrittenSince(
  db: Queryable,
  connectionId: number,
  auditRow: number,
): Promise<readonly number[]> {
  const rows = await db
    .selectDistinct({ keyId: auditEvents.keyId })
    .from(auditEvents)
    .where(
      and(
        gt(auditEvents.seq, auditRow),
        eq(auditEvents.connectionId, connectionId),
        isNotNull(auditEvents.keyId),
        like(auditEvents.action, 'key.%'),
        eq(auditEvents.outcome, 'applied'),
      ),
    );
  return rows.flatMap(({ keyId }) => keyId ?? []);
}
