import 'server-only';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { raises } from '@/lib/db/schema';
import type { Limit } from '@/lib/domain/limits/limit';
import { limitUnder, type RaiseRow, toRaiseRow } from './raise-row';

type HeldRaise = {
  readonly base: Limit;
  /** The limit that the raises hold together. */
  readonly held: Limit;
  /** When the last of them ends. */
  readonly endsAt: Date;
};

/** What raises hold of these keys, by key. */
export async function listHeldRaises(
  db: Queryable,
  keyIds: readonly number[],
): Promise<ReadonlyMap<number, HeldRaise>> {
  if (keyIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(raises)
    .where(and(inArray(raises.keyId, [...keyIds]), eq(raises.state, 'active'), isNull(raises.endedAt)));
  const byKey = new Map<number, RaiseRow[]>();
  for (const row of rows.map(toRaiseRow)) {
    byKey.set(row.keyId, [...(byKey.get(row.keyId) ?? []), row]);
  }
  return new Map([...byKey].flatMap(([keyId, active]) => heldOf(keyId, active)));
}

function heldOf(keyId: number, active: readonly RaiseRow[]): readonly (readonly [number, HeldRaise])[] {
  const [first] = active;
  const held = limitUnder(active);
  if (!first || !held) return [];
  const endsAt = new Date(Math.max(...active.map((raise) => raise.endsAt.getTime())));
  return [[keyId, { base: first.baseLimit, held, endsAt }]];
}
