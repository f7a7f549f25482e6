import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '@/lib/db/client';
import { type ChangeKind, changeKinds } from '@/lib/domain/changes/change';
import {
  isOfFamily,
  isSamePart,
  type KeyValue,
  keyValueSchema,
  type LastSet,
  partOf,
  type ValueKind,
} from '@/lib/domain/drift/drift';

/** So long after "it did not take effect" a slow call may still land. */
export const LATE_MS = 300_000;

/** The clocks of two instances may differ by so much. */
const SKEW_MS = 10_000;

/** What Keyward itself may have made of keys by now, and what it set last. */
export type OwnChanges = {
  /** Wishes of changes that are on their way, of unknown outcome, or may still land late. */
  readonly wishesOf: (keyId: number, kind: ValueKind) => readonly KeyValue[];
  /** Whether Keyward set this itself a moment ago: another instance whose clock differs may have written it. */
  readonly wasJustSet: (keyId: number, kind: ValueKind, found: KeyValue) => boolean;
  readonly lastSetOf: (keyId: number, kind: ValueKind | 'any') => LastSet | null;
};

const rowSchema = z.object({
  key_id: z.number(),
  kind: z.enum(changeKinds),
  is_applied: z.boolean(),
  value: keyValueSchema.nullable().catch(null),
  at: z.date(),
  by: z.string(),
});
type Row = z.infer<typeof rowSchema>;

/** What the change is known, or wished, to have set. */
function valueSet({ kind, value }: Pick<Row, 'kind' | 'value'>): KeyValue {
  const told = value ?? {};
  if (kind === 'create_key') return { isDisabled: false, ...told };
  if (kind === 'disable_key') return { isDisabled: true };
  if (kind === 'enable_key') return { isDisabled: false };
  return told;
}

const VALUE_KINDS: readonly ChangeKind[] = [
  'create_key',
  'set_limit',
  'rename_key',
  'disable_key',
  'enable_key',
];

/** One statement for all keys: the newest applied change of each kind, and all that may still take effect. */
function query(keyIds: readonly number[], now: Date): SQL {
  const ids = sql`${sql.param([...keyIds])}::int[]`;
  const kinds = sql`${sql.param([...VALUE_KINDS])}::text[]`;
  const late = new Date(now.getTime() - LATE_MS);
  return sql`
    (select distinct on (c.key_id, c.kind) c.key_id, c.kind, true as is_applied, c.after as value,
      coalesce(c.settled_at, c.planned_at) as at, c.actor_name as by
    from changes c
    where c.key_id = any(${ids}) and c.kind = any(${kinds}) and c.state in ('applied', 'settled_applied')
    order by c.key_id, c.kind, c.settled_at desc nulls last)
    union all
    select c.key_id, c.kind, false, c.wish, c.planned_at, c.actor_name
    from changes c
    where c.key_id = any(${ids}) and c.kind = any(${kinds})
      and (c.state in ('planned', 'sent', 'unknown')
        or (c.state = 'settled_not_applied' and c.settled_at > ${late}::timestamptz))`;
}

export async function loadOwnChanges(
  tx: Transaction,
  keyIds: readonly number[],
  now: Date,
): Promise<OwnChanges> {
  const byKey = new Map<number, Row[]>();
  if (keyIds.length > 0) {
    const { rows } = await tx.execute(query(keyIds, now));
    for (const row of z.array(rowSchema).parse(rows)) {
      const known = byKey.get(row.key_id);
      if (known) known.push(row);
      else byKey.set(row.key_id, [row]);
    }
  }
  const rowsOf = (keyId: number) => byKey.get(keyId) ?? [];
  return {
    wishesOf: (keyId, kind) =>
      rowsOf(keyId)
        .filter((row) => !row.is_applied && isOfFamily(kind, row.kind))
        .map(valueSet),
    wasJustSet: (keyId, kind, found) =>
      rowsOf(keyId).some(
        (row) =>
          row.is_applied &&
          isOfFamily(kind, row.kind) &&
          Math.abs(now.getTime() - row.at.getTime()) < SKEW_MS &&
          isSamePart(kind, valueSet(row), found),
      ),
    lastSetOf: (keyId, kind) => {
      const applied = rowsOf(keyId).filter(
        (row) => row.is_applied && (kind === 'any' || isOfFamily(kind, row.kind)),
      );
      const [newest] = applied.sort((a, b) => b.at.getTime() - a.at.getTime());
      if (!newest) return null;
      const value = valueSet(newest);
      return {
        value: kind === 'any' ? value : partOf(kind, value),
        at: newest.at.toISOString(),
        by: newest.by,
      };
    },
  };
}
