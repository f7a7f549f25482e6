import 'server-only';
import { eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { driftItems, keys } from '@/lib/db/schema';
import type { AdoptDriftInput, IgnoreDriftInput } from '@/lib/domain/drift/drift-input';
import type { DriftOutcome } from '@/lib/domain/drift/drift-view';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { giveUpRaises } from '../raises/give-up-raises';
import { type DriftRow, driftDigest, toDriftRow } from './drift-row';

type Shown = { readonly itemId: string; readonly digest: string };

const MOST_DAYS = 366;

/** The item, held until the transaction ends, as long as it is exactly what the person was shown. */
async function lockShown(tx: Transaction, { itemId, digest }: Shown): Promise<DriftRow> {
  const [found] = await tx.select().from(driftItems).where(eq(driftItems.id, itemId)).for('update');
  if (!found) throw new AppError('not_found', 'There is no such difference.');
  const row = toDriftRow(found);
  requireShown(row, digest);
  return row;
}

/** Throws `stale` when the item was decided, or says something else than what was shown. */
export function requireShown(row: DriftRow, digest: string): void {
  if (row.decidedAt) throw new AppError('stale', 'This was decided meanwhile, or went away by itself.');
  if (driftDigest(row) !== digest) {
    throw new AppError('stale', 'Something else is there now. Look at it again; nothing was decided.');
  }
}

/** One item in a transaction of its own: one that cannot be decided keeps no other from being decided. */
async function decideEach(
  context: ServerContext,
  items: readonly Shown[],
  decide: (tx: Transaction, row: DriftRow) => Promise<void>,
): Promise<readonly DriftOutcome[]> {
  const outcomes: DriftOutcome[] = [];
  for (const item of items) {
    try {
      await withTransaction(context, async (tx) => decide(tx, await lockShown(tx, item)));
      outcomes.push({ itemId: item.itemId, problem: null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      outcomes.push({ itemId: item.itemId, problem: error.message });
    }
  }
  return outcomes;
}

async function keyOf(tx: Transaction, keyId: number) {
  const [key] = await tx
    .select({ id: keys.id, name: keys.name, connectionId: keys.connectionId })
    .from(keys)
    .where(eq(keys.id, keyId));
  if (!key) throw new Error('a difference without its key');
  return key;
}

/** One decision in the audit log. */
export async function auditDrift(
  tx: Transaction,
  context: ServerContext,
  row: DriftRow,
  entry: {
    readonly action: 'drift.adopt' | 'drift.put_back' | 'drift.ignore';
    readonly after?: Readonly<Record<string, unknown>>;
    readonly reason: string;
  },
): Promise<void> {
  const key = await keyOf(tx, row.keyId);
  const { raise: _, ...lastSeen } = row.lastSeen ?? {};
  await appendAudit(tx, context, {
    action: entry.action,
    subjectKind: 'drift',
    subjectId: row.id,
    subjectName: key.name,
    keyId: key.id,
    connectionId: row.connectionId,
    before: row.lastSeen === null ? null : lastSeen,
    after: { ...row.found, ...entry.after },
    reason: entry.reason,
    outcome: 'done',
  });
}

/**
 * What was found is right as it is. A limit so accepted is the one that stays: raises of the key end without any
 * write. Each item is decided exactly as shown or not at all; the answer tells of each.
 */
export async function adoptDrift(
  context: ServerContext,
  input: AdoptDriftInput,
): Promise<readonly DriftOutcome[]> {
  requirePermission(context, 'keys.update');
  const person = requireUser(context);
  return decideEach(context, input.items, async (tx, row) => {
    await tx
      .update(driftItems)
      .set({ decision: 'adopted', decidedAt: context.now(), decidedBy: person.id })
      .where(eq(driftItems.id, row.id));
    await auditDrift(tx, context, row, { action: 'drift.adopt', reason: input.reason });
    if (row.kind === 'limit' || row.kind === 'gone') {
      await giveUpRaises(tx, context, await keyOf(tx, row.keyId), row.found?.limit ?? null);
    }
  });
}

/** Throws `invalid` for a moment that is over, or too far ahead. */
export function requireIgnorable(context: ServerContext, until: Date): void {
  const days = (until.getTime() - context.now().getTime()) / 86_400_000;
  if (!(days > 0 && days <= MOST_DAYS)) throw invalidField('until', 'Choose a day within the next year.');
}

/** Puts items off until a moment; something else found before then asks at once. */
export async function ignoreDrift(
  context: ServerContext,
  input: IgnoreDriftInput,
): Promise<readonly DriftOutcome[]> {
  requirePermission(context, 'keys.update');
  requireUser(context);
  requireIgnorable(context, input.until);
  return decideEach(context, input.items, async (tx, row) => {
    await tx.update(driftItems).set({ ignoredUntil: input.until }).where(eq(driftItems.id, row.id));
    const after = { ignoredUntil: input.until.toISOString() };
    await auditDrift(tx, context, row, { action: 'drift.ignore', after, reason: input.reason });
  });
}
