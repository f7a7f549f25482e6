import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { changes, keys } from '@/lib/db/schema';
import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import { AppError } from '../errors';
import { listOpenRaises, type RaiseRow } from './raise-row';

type Seen = {
  /** The raises of the key on which it was decided. */
  readonly open: readonly RaiseRow[];
  /** The raise that begins or ends; its own row may change meanwhile. */
  readonly raiseId?: string | undefined;
};

function markOf(open: readonly RaiseRow[], raiseId: string | undefined): string {
  return canonicalJson(
    open
      .filter(({ id }) => id !== raiseId)
      .map(({ id, baseLimit, raisedLimit }) => ({ id, baseLimit, raisedLimit })),
  );
}

/**
 * Throws `conflict` when another raise of the key began, ended or got another base since: which limit holds without
 * this one was reckoned from them. The key's row must be held, so that of two who end at once one sees the other.
 */
export async function requireSameRaises(
  tx: Transaction,
  keyId: number,
  { open, raiseId }: Seen,
): Promise<void> {
  if (markOf(await listOpenRaises(tx, keyId), raiseId) === markOf(open, raiseId)) return;
  throw new AppError('conflict', 'The raises of this key changed a moment ago. Look again.', {
    facts: { isPassing: true },
  });
}

/** The same for what needs no write at the provider; no write of the key may be under way either. Holds the key. */
export async function requireQuietRaises(tx: Transaction, keyId: number, seen: Seen): Promise<void> {
  await tx.select({ id: keys.id }).from(keys).where(eq(keys.id, keyId)).for('update');
  await requireSameRaises(tx, keyId, seen);
  const [open] = await tx
    .select({ id: changes.id })
    .from(changes)
    .where(and(eq(changes.keyId, keyId), inArray(changes.state, ['planned', 'sent', 'unknown'])))
    .limit(1);
  if (open) {
    throw new AppError('conflict', 'Another change of this key is still under way.', {
      facts: { changeId: open.id },
    });
  }
}
