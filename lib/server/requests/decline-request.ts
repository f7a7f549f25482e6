import 'server-only';
import type { RequestWordsInput } from '@/lib/domain/requests/request-input';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { type DecidedRequest, requireDecidable } from './approve-request';
import { addEvent, auditRequest, lockRequest, titleOf, updateRequest } from './request-row';
import { tellRequest } from './tell-request';

/** Declines with a reason that the requester reads. Doing it twice changes nothing. Throws like `approveRequest`. */
export async function declineRequest(
  context: ServerContext,
  { requestId, words }: RequestWordsInput,
): Promise<DecidedRequest> {
  requirePermission(context, 'requests.decide');
  const actor = requireUser(context);
  return withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    const { request } = loaded;
    if (request.state === 'declined') return { requestId, state: 'declined' };
    requireDecidable(loaded, actor, context.now());
    const at = context.now();
    await updateRequest(tx, requestId, { state: 'declined', decidedAt: at, settledAt: at, granted: null });
    await addEvent(tx, context, request, { kind: 'declined', words });
    await auditRequest(tx, context, loaded, { action: 'request.decline', reason: words });
    await tellRequest(tx, context, loaded, {
      step: 'declined',
      title: `${actor.name} declined: ${titleOf(loaded)}`,
      body: words,
    });
    return { requestId, state: 'declined' };
  });
}

/** Asks the requester something before deciding. */
export async function askBackRequest(
  context: ServerContext,
  { requestId, words }: RequestWordsInput,
): Promise<DecidedRequest> {
  requirePermission(context, 'requests.decide');
  const actor = requireUser(context);
  return withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    requireDecidable(loaded, actor, context.now());
    await updateRequest(tx, requestId, { state: 'asked_back' });
    await addEvent(tx, context, loaded.request, { kind: 'asked_back', words });
    await auditRequest(tx, context, loaded, { action: 'request.ask_back', reason: words });
    await tellRequest(tx, context, loaded, {
      step: 'asked_back',
      title: `${actor.name} asks about your request`,
      body: words,
      mark: context.now().toISOString(),
    });
    return { requestId, state: 'asked_back' };
  });
}
