import 'server-only';
import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { changes, keys } from '@/lib/db/schema';
import type { ChangeKind, ChangeState } from '@/lib/domain/changes/change';
import type { ProviderWrites } from '@/lib/providers/port';
import { ProviderError } from '@/lib/providers/provider-error';
import { type AuditEntry, appendAudit } from '../audit/append-audit';
import type { ConnectionRow } from '../connections/provider-gateway';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { failureOf, toChangeError } from './change-failure';

export type PlannedChange<Result> = {
  readonly kind: ChangeKind;
  readonly connection: ConnectionRow;
  /** The key as it was when the change was decided on; null for a create. */
  readonly key: { readonly id: number; readonly name: string; readonly writtenAt: Date | null } | null;
  /** What was wished for, without secrets. */
  readonly wish: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly reason: string;
  readonly parentId?: string | undefined;
  readonly send: (writes: ProviderWrites) => Promise<Result>;
  /** Brings the mirror to what the provider now holds; answers the key's id and what to record. */
  readonly mirror: (
    tx: Transaction,
    result: Result,
  ) => Promise<{ readonly keyId: number; readonly after: Readonly<Record<string, unknown>> }>;
};

export type AppliedChange<Result> = {
  readonly changeId: string;
  readonly keyId: number;
  readonly result: Result;
};

/**
 * The one way to write at a provider: planned and audited, sent outside any transaction, then the outcome,
 * the mirror and its audit row committed together. Throws `conflict` while another change of the key is
 * under way, `provider_refused`, `provider_unavailable` (surely not applied) or `outcome_unknown`.
 */
export async function runChange<Result>(
  context: ServerContext,
  change: PlannedChange<Result>,
): Promise<AppliedChange<Result>> {
  const provider = await context.providers.open(change.connection);
  const changeId = randomUUID();
  await planChange(context, changeId, change);
  await context.db
    .update(changes)
    .set({ state: 'sent', sentAt: context.now() })
    .where(eq(changes.id, changeId));
  let result: Result;
  try {
    result = await change.send(provider.writes);
  } catch (error) {
    await recordFailure(context, changeId, change, error);
    throw toChangeError(error, change.connection.name);
  }
  const keyId = await withTransaction(context, async (tx) => {
    const mirrored = await change.mirror(tx, result);
    const at = context.now();
    await tx
      .update(changes)
      .set({ state: 'applied', keyId: mirrored.keyId, after: mirrored.after, answeredAt: at, settledAt: at })
      .where(eq(changes.id, changeId));
    await appendAudit(tx, context, {
      ...auditBase(changeId, change, mirrored.keyId),
      after: mirrored.after,
      outcome: 'applied',
    });
    return mirrored.keyId;
  });
  return { changeId, keyId, result };
}

function auditBase<Result>(
  changeId: string,
  change: PlannedChange<Result>,
  keyId: number | null,
): Omit<AuditEntry, 'outcome' | 'after'> {
  return {
    action: `key.${change.kind}`,
    subjectKind: 'key',
    subjectId: keyId,
    subjectName: change.key?.name ?? String(change.wish.name ?? ''),
    connectionId: change.connection.id,
    keyId,
    changeId,
    before: change.before,
    reason: change.reason,
  };
}

/**
 * Changes of one key go one after the other: the row lock orders them, an open one refuses the next, and one
 * that was applied since this change was decided on sends the person back to look again.
 */
async function requireTurn(tx: Transaction, key: NonNullable<PlannedChange<unknown>['key']>): Promise<void> {
  const [row] = await tx
    .select({ writtenAt: keys.writtenAt })
    .from(keys)
    .where(eq(keys.id, key.id))
    .for('update');
  if (row?.writtenAt?.getTime() !== key.writtenAt?.getTime()) {
    throw new AppError('stale', 'Someone else changed this key a moment ago. Look at it again first.');
  }
  const [open] = await tx
    .select({ actorName: changes.actorName, state: changes.state })
    .from(changes)
    .where(and(eq(changes.keyId, key.id), inArray(changes.state, ['planned', 'sent', 'unknown'])))
    .limit(1);
  if (!open) return;
  const why =
    open.state === 'unknown'
      ? 'An earlier change of this key has no certain outcome yet.'
      : `${open.actorName} is changing this key right now.`;
  throw new AppError('conflict', `${why} Look again in a moment.`);
}

async function planChange<Result>(
  context: ServerContext,
  changeId: string,
  change: PlannedChange<Result>,
): Promise<void> {
  const { actor } = context;
  await withTransaction(context, async (tx) => {
    if (change.key) await requireTurn(tx, change.key);
    const at = context.now();
    await tx.insert(changes).values({
      id: changeId,
      kind: change.kind,
      state: 'planned',
      connectionId: change.connection.id,
      keyId: change.key?.id ?? null,
      parentId: change.parentId ?? null,
      requestedBy: actor.kind === 'user' ? actor.id : null,
      actorName: actor.name,
      wish: change.wish,
      before: change.before,
      reason: change.reason,
      requestId: context.requestId,
      plannedAt: at,
    });
    await appendAudit(tx, context, {
      ...auditBase(changeId, change, change.key?.id ?? null),
      after: change.wish,
      outcome: 'planned',
    });
  });
}

async function recordFailure<Result>(
  context: ServerContext,
  changeId: string,
  change: PlannedChange<Result>,
  error: unknown,
): Promise<void> {
  const isCertain = error instanceof ProviderError && error.kind !== 'unknown_outcome';
  const state: ChangeState = isCertain ? 'refused' : 'unknown';
  const failure = failureOf(error);
  await withTransaction(context, async (tx) => {
    const at = context.now();
    await tx
      .update(changes)
      .set({ state, failure, answeredAt: at, settledAt: isCertain ? at : null })
      .where(eq(changes.id, changeId));
    await appendAudit(tx, context, {
      ...auditBase(changeId, change, change.key?.id ?? null),
      after: failure,
      outcome: isCertain ? 'refused' : 'unknown',
    });
  });
}
