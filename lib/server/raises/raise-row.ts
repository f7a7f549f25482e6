import 'server-only';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { raises } from '@/lib/db/schema';
import type { Limit } from '@/lib/domain/limits/limit';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { effectiveLimit } from '@/lib/domain/raises/raise';
import { type AuditEntry, appendAudit } from '../audit/append-audit';
import type { ServerContext } from '../context';

export type RaiseRow = Omit<typeof raises.$inferSelect, 'baseLimit' | 'raisedLimit'> & {
  readonly baseLimit: Limit;
  readonly raisedLimit: Limit;
};

export function toRaiseRow(row: typeof raises.$inferSelect): RaiseRow {
  return {
    ...row,
    baseLimit: limitSchema.parse(row.baseLimit),
    raisedLimit: limitSchema.parse(row.raisedLimit),
  };
}

/** The raises of a key that are not over, oldest first. */
export async function listOpenRaises(db: Queryable, keyId: number): Promise<readonly RaiseRow[]> {
  const rows = await db
    .select()
    .from(raises)
    .where(and(eq(raises.keyId, keyId), isNull(raises.endedAt), inArray(raises.state, ['planned', 'active'])))
    .orderBy(asc(raises.startsAt), asc(raises.id));
  return rows.map(toRaiseRow);
}

export async function listActiveRaises(db: Queryable, keyId: number): Promise<readonly RaiseRow[]> {
  return (await listOpenRaises(db, keyId)).filter(({ state }) => state === 'active');
}

/** The limit that these raises of one key hold together; null when there is none. */
export function limitUnder(active: readonly RaiseRow[]): Limit | null {
  const [first] = active;
  if (!first) return null;
  return effectiveLimit(
    first.baseLimit,
    active.map(({ raisedLimit }) => raisedLimit),
  );
}

export async function findRaise(db: Queryable, raiseId: string): Promise<RaiseRow | null> {
  const [row] = await db.select().from(raises).where(eq(raises.id, raiseId));
  return row ? toRaiseRow(row) : null;
}

/** The raise, held until the transaction ends. */
export async function lockRaise(tx: Transaction, raiseId: string): Promise<RaiseRow | null> {
  const [row] = await tx.select().from(raises).where(eq(raises.id, raiseId)).for('update');
  return row ? toRaiseRow(row) : null;
}

export type RaisedKey = { readonly id: number; readonly name: string; readonly connectionId: number };

/** One step of a raise's life in the audit log. */
export async function auditRaise(
  tx: Transaction,
  context: ServerContext,
  raise: { readonly id: string },
  key: RaisedKey,
  entry: Pick<AuditEntry, 'action' | 'before' | 'after' | 'reason' | 'changeId'>,
): Promise<void> {
  await appendAudit(tx, context, {
    ...entry,
    subjectKind: 'raise',
    subjectId: raise.id,
    subjectName: key.name,
    keyId: key.id,
    connectionId: key.connectionId,
    outcome: 'done',
  });
}
