import 'server-only';
import type { Transaction } from '@/lib/db/client';
import { isSameLimit } from '@/lib/domain/limits/limit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { listOpenRaises } from '../raises/raise-row';
import { storeBase } from '../raises/update-base-limit';
import { completeNewKey } from './complete-new-key';
import { reasonOf } from './execute-request';
import { type Attempt, isUsable } from './find-attempt';
import {
  addEvent,
  type LoadedRequest,
  loadRequest,
  lockRequest,
  type RequestRow,
  updateRequest,
} from './request-row';
import { finishRequest, recordFailedRequest } from './settle-request';

const LOOK_AGAIN_MS = 2_000;

/** Says once that the outcome is not known yet, and looks again soon. */
async function recordWaiting(context: ServerContext, requestId: string, attempt: Attempt): Promise<void> {
  await withTransaction(context, async (tx) => {
    const { request } = await lockRequest(tx, requestId);
    if (request.state !== 'approved') return;
    await updateRequest(tx, requestId, {
      changeId: attempt.changeId,
      workedUntil: new Date(context.now().getTime() + LOOK_AGAIN_MS),
    });
    if (attempt.state !== 'unknown' || request.changeId === attempt.changeId) return;
    await addEvent(tx, { ...context, actor: { kind: 'system', name: 'Keyward' } }, request, {
      kind: 'unknown',
      facts: { changeId: attempt.changeId },
    });
  });
}

/** A limit for good whose answer was lost while a raise holds: the raise goes back to it, as after a good answer. */
async function alignBase(tx: Transaction, context: ServerContext, loaded: LoadedRequest): Promise<void> {
  const { granted, basis } = loaded.request;
  const { key } = basis;
  if (granted?.grant.kind !== 'limit' || granted.grant.until !== null || key === null) return;
  const [raise] = await listOpenRaises(tx, key.id);
  if (!raise || !isSameLimit(raise.baseLimit, key.limit)) return;
  const { connectionId } = loaded.request;
  const input = { keyId: key.id, seen: key.limit, limit: granted.grant.limit, reason: reasonOf(loaded) };
  await storeBase(tx, context, { id: key.id, name: key.name, connectionId }, input);
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
    const loaded = await loadRequest(context.db, id);
    const { changeId, keyId } = attempt;
    const shortfalls = await completeNewKey(context, loaded, keyId);
    await withTransaction(context, async (tx) => {
      await alignBase(tx, context, loaded);
      await finishRequest(tx, context, id, { changeId, keyId, shortfalls });
    });
    return;
  }
  // Surely nothing is there of it: it is tried again by itself.
  const isGone = attempt.state === 'settled_not_applied' || attempt.state === 'settled_applied';
  const code = isGone ? 'provider_unavailable' : 'provider_refused';
  const words = attempt.settlement ?? 'The provider refused. Nothing was changed.';
  await recordFailedRequest(context, id, new AppError(code, words), attempt.changeId);
}
