import 'server-only';
import { and, eq, gte, inArray, isNull, or } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { raises } from '@/lib/db/schema';
import type { ServerContext } from '../context';
import { auditRaise, type RaisedKey, toRaiseRow } from './raise-row';

/** A plan reads the limit of the old key a moment before its rotation is on record. */
const BEFORE_MS = 60_000;

type Succession = {
  readonly fromKeyId: number;
  readonly to: RaisedKey;
  /** When the succession began: what ended since may stand in the new key's limit still. */
  readonly since: Date;
};

/**
 * A key that takes over from a raised one has the raised limit too, and so its raises: each ends there as well, by
 * itself and at the same time. In the transaction that records the new key.
 */
export async function followRaises(
  tx: Transaction,
  context: ServerContext,
  { fromKeyId, to, since }: Succession,
): Promise<void> {
  const stored = await tx
    .select()
    .from(raises)
    .where(
      and(
        eq(raises.keyId, fromKeyId),
        inArray(raises.state, ['active', 'ended']),
        or(isNull(raises.endedAt), gte(raises.endedAt, new Date(since.getTime() - BEFORE_MS))),
      ),
    );
  for (const raise of stored.map(toRaiseRow)) {
    const { requestId, baseLimit, raisedLimit, reason, startedBy, endsAt } = raise;
    const [copy] = await tx
      .insert(raises)
      .values({
        keyId: to.id,
        requestId,
        state: 'active',
        baseLimit,
        raisedLimit,
        reason,
        startedBy,
        startsAt: context.now(),
        endsAt,
      })
      .returning({ id: raises.id });
    if (!copy) throw new Error('a raise was not stored');
    await auditRaise(tx, context, copy, to, {
      action: 'raise.start',
      before: { limit: baseLimit },
      after: { limit: raisedLimit, endsAt: endsAt.toISOString() },
      reason: 'Its key took over from a raised one',
    });
  }
}
