import 'server-only';
import { eq } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { changes, connections, keys } from '@/lib/db/schema';
import type { ChangeKind } from '@/lib/domain/changes/change';
import type { AuditEntry } from '../audit/append-audit';
import type { ConnectionRow } from '../connections/provider-gateway';
import { notFound } from '../errors';

export type ChangeRow = typeof changes.$inferSelect;

/** A change with what hangs on it, as settling needs it. */
export type LoadedChange = {
  readonly row: ChangeRow;
  readonly connection: ConnectionRow;
  readonly key: typeof keys.$inferSelect | null;
};

/** What every audit row of a change says alike. */
export type ChangeFacts = {
  readonly changeId: string;
  readonly kind: ChangeKind;
  readonly connectionId: number;
  readonly keyId: number | null;
  readonly keyName: string;
  readonly before: unknown;
  readonly reason: string;
};

export async function loadChange(db: Queryable, changeId: string): Promise<LoadedChange> {
  const [found] = await db
    .select({ row: changes, connection: connections, key: keys })
    .from(changes)
    .innerJoin(connections, eq(connections.id, changes.connectionId))
    .leftJoin(keys, eq(keys.id, changes.keyId))
    .where(eq(changes.id, changeId));
  if (!found) throw notFound('change');
  return found;
}

/** The change, held until the transaction ends: whoever settles it does so alone. */
export async function lockChange(tx: Transaction, changeId: string): Promise<ChangeRow> {
  const [row] = await tx.select().from(changes).where(eq(changes.id, changeId)).for('update');
  if (!row) throw new Error('a change left the ledger');
  return row;
}

/** The name that a change carries: the key's own, or the wished-for one of a key that is not there yet. */
export function keyNameOf(row: Pick<ChangeRow, 'wish'>, key: { readonly name: string } | null): string {
  if (key) return key.name;
  const wish = row.wish;
  return typeof wish === 'object' && wish !== null && 'name' in wish ? String(wish.name) : '';
}

export function factsOf({ row, key }: Pick<LoadedChange, 'row' | 'key'>): ChangeFacts {
  return {
    changeId: row.id,
    kind: row.kind,
    connectionId: row.connectionId,
    keyId: row.keyId,
    keyName: keyNameOf(row, key),
    before: row.before,
    reason: row.reason,
  };
}

export function auditOf(
  facts: ChangeFacts,
  keyId: number | null = facts.keyId,
): Omit<AuditEntry, 'outcome' | 'after'> {
  return {
    action: `key.${facts.kind}`,
    subjectKind: 'key',
    subjectId: keyId,
    subjectName: facts.keyName,
    connectionId: facts.connectionId,
    keyId,
    changeId: facts.changeId,
    before: facts.before,
    reason: facts.reason,
  };
}
