import 'server-only';
import { createHash } from 'node:crypto';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { driftItems } from '@/lib/db/schema';
import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import { type KeyValue, keyValueSchema, type LastSet, lastSetSchema } from '@/lib/domain/drift/drift';

export type DriftRow = Omit<typeof driftItems.$inferSelect, 'lastSeen' | 'lastSet' | 'found'> & {
  readonly lastSeen: KeyValue | null;
  readonly lastSet: LastSet | null;
  readonly found: KeyValue | null;
};

export function toDriftRow(row: typeof driftItems.$inferSelect): DriftRow {
  return {
    ...row,
    lastSeen: keyValueSchema.nullable().parse(row.lastSeen),
    lastSet: lastSetSchema.nullable().parse(row.lastSet),
    found: keyValueSchema.nullable().parse(row.found),
  };
}

export async function listOpenDrift(db: Queryable, keyIds: readonly number[]): Promise<readonly DriftRow[]> {
  if (keyIds.length === 0) return [];
  const rows = await db
    .select()
    .from(driftItems)
    .where(and(inArray(driftItems.keyId, [...keyIds]), isNull(driftItems.decidedAt)));
  return rows.map(toDriftRow);
}

export async function findDrift(db: Queryable, itemId: string): Promise<DriftRow | null> {
  const [row] = await db.select().from(driftItems).where(eq(driftItems.id, itemId));
  return row ? toDriftRow(row) : null;
}

/** Stands for exactly what a person was shown of an item: another one, and they look again. */
export function driftDigest({ id, kind, lastSeen, found }: DriftRow): string {
  const shown = canonicalJson({ id, kind, lastSeen, found });
  return createHash('sha256').update(shown).digest('base64url').slice(0, 22);
}
