import 'server-only';
import { and, desc, eq, inArray, max } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { changes, keys } from '@/lib/db/schema';
import { nameChange } from '@/lib/domain/changes/change-words';
import { SEEN_WITHIN_MS } from '@/lib/domain/changes/settle-timing';
import { ProviderError } from '@/lib/providers/provider-error';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { closeDrift } from '../drift/close-drift';
import { AppError } from '../errors';
import { failureOf } from './change-failure';
import { auditOf, type ChangeFacts, lockChange } from './change-row';
import { leaseEnd } from './lease';
import type { PlannedChange } from './planned-change';

/** What the person who came second needs to see: what the first one did. */
async function findLastChange(tx: Transaction, keyId: number) {
  const [last] = await tx
    .select({
      changedBy: changes.actorName,
      kind: changes.kind,
      after: changes.after,
      settledAt: changes.settledAt,
    })
    .from(changes)
    .where(and(eq(changes.keyId, keyId), inArray(changes.state, ['applied', 'settled_applied'])))
    .orderBy(desc(changes.settledAt))
    .limit(1);
  return last ?? null;
}

/**
 * Changes of one key go one after the other: the row lock orders them, an open one refuses the next, and one
 * that was applied since this change was decided on sends the person back to look again.
 */
export async function requireTurn(
  tx: Transaction,
  key: NonNullable<PlannedChange<unknown>['key']>,
): Promise<void> {
  const [row] = await tx
    .select({ writtenAt: keys.writtenAt })
    .from(keys)
    .where(eq(keys.id, key.id))
    .for('update');
  if (row?.writtenAt?.getTime() !== key.writtenAt?.getTime()) {
    const last = await findLastChange(tx, key.id);
    const who = last
      ? `${last.changedBy} changed this key a moment ago`
      : 'This key was changed a moment ago';
    throw new AppError('stale', `${who}. Look at it again first.`, {
      facts: { ...last, settledAt: last?.settledAt?.toISOString() ?? null, isPassing: true },
    });
  }
  const [open] = await tx
    .select({ id: changes.id, actorName: changes.actorName, kind: changes.kind, state: changes.state })
    .from(changes)
    .where(and(eq(changes.keyId, key.id), inArray(changes.state, ['planned', 'sent', 'unknown'])))
    .limit(1);
  if (!open) return;
  const why =
    open.state === 'unknown'
      ? `We are still checking whether ${nameChange(open.kind, key.name)} took effect.`
      : `${open.actorName} is changing this key right now.`;
  throw new AppError('conflict', `${why} Look again in a moment.`, { facts: { changeId: open.id } });
}

/** The newest key known before a create: a lost one is among those after it, whatever the clocks said. */
async function findLastKeyId(tx: Transaction, connectionId: number): Promise<number> {
  const [last] = await tx
    .select({ id: max(keys.id) })
    .from(keys)
    .where(eq(keys.connectionId, connectionId));
  return last?.id ?? 0;
}

export async function recordPlan<Result>(
  context: ServerContext,
  facts: ChangeFacts,
  change: PlannedChange<Result>,
): Promise<void> {
  const { actor } = context;
  await withTransaction(context, async (tx) => {
    if (change.key) await requireTurn(tx, change.key);
    await change.requireStill?.(tx);
    const known = change.key ? {} : { lastKeyId: await findLastKeyId(tx, change.connection.id) };
    await tx.insert(changes).values({
      id: facts.changeId,
      kind: change.kind,
      state: 'planned',
      connectionId: change.connection.id,
      keyId: facts.keyId,
      parentId: change.parentId ?? null,
      requestedBy: actor.kind === 'user' ? actor.id : null,
      actorName: actor.name,
      wish: { ...change.wish, ...known },
      before: change.before,
      reason: change.reason,
      requestId: context.requestId,
      plannedAt: context.now(),
      lookAt: leaseEnd(context),
    });
    await appendAudit(tx, context, { ...auditOf(facts), after: change.wish, outcome: 'planned' });
  });
}

/** Committed before anything is sent. Throws `conflict` when the plan was taken back meanwhile: nothing was sent. */
export async function recordSent(context: ServerContext, changeId: string): Promise<void> {
  const sent = await context.db
    .update(changes)
    .set({ state: 'sent', sentAt: context.now(), lookAt: leaseEnd(context) })
    .where(and(eq(changes.id, changeId), eq(changes.state, 'planned')))
    .returning({ id: changes.id });
  if (sent.length > 0) return;
  throw new AppError(
    'conflict',
    'Keyward took too long and withdrew this before it was sent. Nothing was changed.',
    {
      facts: { changeId },
    },
  );
}

/**
 * The outcome, the mirror and the audit row, together. When another process settled the change by looking
 * before this answer came in, what it recorded stays, unless it found that nothing had happened.
 */
export async function recordApplied<Result>(
  context: ServerContext,
  facts: ChangeFacts,
  change: PlannedChange<Result>,
  result: Result,
): Promise<number> {
  return withTransaction(context, async (tx) => {
    const row = await lockChange(tx, facts.changeId);
    if (row.state === 'settled_applied' || row.state === 'abandoned') {
      if (row.keyId !== null && change.key) return row.keyId;
      throw new AppError(
        'outcome_unknown',
        row.settlement ?? 'Its outcome was settled elsewhere meanwhile.',
        {
          facts: { changeId: facts.changeId },
        },
      );
    }
    const mirrored = await change.mirror(tx, result);
    const at = context.now();
    await tx
      .update(changes)
      .set({
        state: 'applied',
        keyId: mirrored.keyId,
        after: mirrored.after,
        answeredAt: at,
        settledAt: at,
        settlement: null,
        lookAt: change.isSecretShown ? new Date(at.getTime() + SEEN_WITHIN_MS) : null,
      })
      .where(eq(changes.id, facts.changeId));
    await closeDrift(tx, context, { ...row, keyId: mirrored.keyId });
    await appendAudit(tx, context, {
      ...auditOf(facts, mirrored.keyId),
      after: mirrored.after,
      outcome: 'applied',
    });
    return mirrored.keyId;
  });
}

/** Whether the provider surely did nothing. */
export function isCertain(error: unknown): boolean {
  return error instanceof ProviderError && error.kind !== 'unknown_outcome';
}

export async function recordFailure(
  context: ServerContext,
  facts: ChangeFacts,
  error: unknown,
): Promise<void> {
  const isRefusal = isCertain(error);
  const failure = failureOf(error);
  await withTransaction(context, async (tx) => {
    const row = await lockChange(tx, facts.changeId);
    if (row.state !== 'sent' && row.state !== 'unknown') return;
    const at = context.now();
    await tx
      .update(changes)
      .set({
        state: isRefusal ? 'refused' : 'unknown',
        failure,
        answeredAt: at,
        settledAt: isRefusal ? at : null,
        lookAt: isRefusal ? null : leaseEnd(context),
      })
      .where(eq(changes.id, facts.changeId));
    if (row.state === 'unknown' && !isRefusal) return;
    await appendAudit(tx, context, {
      ...auditOf(facts),
      after: failure,
      outcome: isRefusal ? 'refused' : 'unknown',
    });
  });
}
