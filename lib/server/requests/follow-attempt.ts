import 'server-only';
import { and, desc, eq, gte, inArray, or, sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { changes, raises, requestEvents } from '@/lib/db/schema';
import type { ChangeKind } from '@/lib/domain/changes/change';
import type { RequestKind } from '@/lib/domain/requests/request';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { completeNewKey } from './complete-new-key';
import { addEvent, loadRequest, lockRequest, type RequestRow, updateRequest } from './request-row';
import { finishRequest, recordFailedRequest } from './settle-request';

const LOOK_AGAIN_MS = 2_000;

const writes: Record<RequestKind, ChangeKind | null> = {
  limit: 'set_limit',
  new_key: 'create_key',
  enable_key: 'enable_key',
  take_over: null,
};

export type Attempt = typeof changes.$inferSelect;

/**
 * The write of the present attempt, found in the ledger by what it is a step of; null when none was planned since
 * the request was last sent, or when the last one is over and told.
 */
export async function findAttempt(
  db: Queryable,
  { id, kind, changeId }: Pick<RequestRow, 'id' | 'kind' | 'changeId'>,
): Promise<Attempt | null> {
  const change = writes[kind];
  if (change === null) return null;
  const [last] = await db
    .select({ kind: requestEvents.kind, at: requestEvents.at })
    .from(requestEvents)
    .where(and(eq(requestEvents.requestId, id), inArray(requestEvents.kind, ['sent', 'refused', 'retried'])))
    .orderBy(desc(requestEvents.id))
    .limit(1);
  if (last?.kind !== 'sent') return null;
  const raised = db.select({ id: raises.id }).from(raises).where(eq(raises.requestId, id));
  const [found] = await db
    .select()
    .from(changes)
    .where(
      and(
        or(
          eq(changes.parentId, id),
          inArray(changes.parentId, raised),
          changeId === null ? undefined : eq(changes.id, changeId),
        ),
        eq(changes.kind, change),
        gte(changes.plannedAt, last.at),
      ),
    )
    .orderBy(desc(changes.plannedAt), sql`${changes.settledAt} desc nulls first`)
    .limit(1);
  return found ?? null;
}

function isUsable({ kind, state }: Attempt): boolean {
  // A key that was found after a lost answer is removed again: nobody has its secret.
  return state === 'applied' || (state === 'settled_applied' && kind !== 'create_key');
}

/** Says once that the outcome is not known yet, and looks again soon. */
async function recordWaiting(context: ServerContext, requestId: string, attempt: Attempt): Promise<void> {
  await withTransaction(context, async (tx) => {
    const { request } = await lockRequest(tx, requestId);
    if (request.state !== 'approved') return;
    await updateRequest(tx, requestId, {
      changeId: attempt.id,
      workedUntil: new Date(context.now().getTime() + LOOK_AGAIN_MS),
    });
    if (attempt.state !== 'unknown' || request.changeId === attempt.id) return;
    await addEvent(tx, { ...context, actor: { kind: 'system', name: 'Keyward' } }, request, {
      kind: 'unknown',
      facts: { changeId: attempt.id },
    });
  });
}

/** Brings the request to where the ledger says that its write is. */
export async function followAttempt(
  context: ServerContext,
  { id }: Pick<RequestRow, 'id'>,
  attempt: Attempt,
): Promise<void> {
  if (['planned', 'sent', 'unknown'].includes(attempt.state)) {
    await recordWaiting(context, id, attempt);
    return;
  }
  if (isUsable(attempt)) {
    const { keyId } = attempt;
    const shortfalls = await completeNewKey(context, await loadRequest(context.db, id), keyId);
    const done = { changeId: attempt.id, keyId, shortfalls };
    await withTransaction(context, (tx) => finishRequest(tx, context, id, done));
    return;
  }
  // Surely nothing is there of it: it is tried again by itself.
  const isGone = attempt.state === 'settled_not_applied' || attempt.state === 'settled_applied';
  const code = isGone ? 'provider_unavailable' : 'provider_refused';
  const words = attempt.settlement ?? 'The provider refused. Nothing was changed.';
  await recordFailedRequest(context, id, new AppError(code, words), attempt.id);
}
