import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { driftItems } from '@/lib/db/schema';
import type { KeyValue } from '@/lib/domain/drift/drift';
import type { Limit } from '@/lib/domain/limits/limit';
import type { ServerContext } from '../context';
import { loadOwnChanges } from './load-own-changes';

type LimitDrift = {
  readonly key: { readonly id: number; readonly connectionId: number };
  readonly raise: NonNullable<KeyValue['raise']>;
  /** What the raises of the key should have held. */
  readonly expected: Limit;
  readonly found: Limit;
};

/** A raise is over and another limit than its own is there: nothing was overwritten, a person decides. */
export async function openLimitDrift(
  tx: Transaction,
  context: ServerContext,
  { key, raise, expected, found }: LimitDrift,
): Promise<void> {
  const at = context.now();
  const values = {
    lastSeen: { limit: expected, raise },
    found: { limit: found },
    foundAt: at,
    ignoredUntil: null,
  };
  const updated = await tx
    .update(driftItems)
    .set(values)
    .where(and(eq(driftItems.keyId, key.id), eq(driftItems.kind, 'limit'), isNull(driftItems.decidedAt)))
    .returning({ id: driftItems.id });
  if (updated.length > 0) return;
  const own = await loadOwnChanges(tx, [key.id], at);
  await tx.insert(driftItems).values({
    ...values,
    connectionId: key.connectionId,
    keyId: key.id,
    kind: 'limit',
    lastSet: own.lastSetOf(key.id, 'limit'),
  });
}
