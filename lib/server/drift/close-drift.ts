import 'server-only';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { driftItems } from '@/lib/db/schema';
import type { ChangeKind } from '@/lib/domain/changes/change';
import { type DriftKind, driftKinds, isOfFamily, valueKinds } from '@/lib/domain/drift/drift';
import type { ServerContext } from '../context';

type AppliedChange = {
  readonly kind: ChangeKind;
  readonly keyId: number | null;
  /** The drift item that asked for the change, among others. */
  readonly parentId: string | null;
  readonly requestedBy: string | null;
};

function kindsMoved(kind: ChangeKind): readonly DriftKind[] {
  if (kind === 'delete_key') return driftKinds;
  return valueKinds.filter((value) => isOfFamily(value, kind));
}

/**
 * Once Keyward itself has set a value, a difference in it has nothing left to decide. In the transaction that
 * records the change as applied, whose audit row tells of it.
 */
export async function closeDrift(
  tx: Transaction,
  context: ServerContext,
  change: AppliedChange,
): Promise<void> {
  const kinds = kindsMoved(change.kind);
  if (change.keyId === null || kinds.length === 0) return;
  const open = and(
    eq(driftItems.keyId, change.keyId),
    inArray(driftItems.kind, [...kinds]),
    isNull(driftItems.decidedAt),
  );
  const decided = { decidedAt: context.now(), decidedBy: change.requestedBy };
  if (change.parentId !== null) {
    await tx
      .update(driftItems)
      .set({ ...decided, decision: 'put_back' })
      .where(and(open, eq(driftItems.id, change.parentId)));
  }
  await tx
    .update(driftItems)
    .set({ ...decided, decision: 'resolved_itself' })
    .where(open);
}
