import 'server-only';
import { isUndecided } from '@/lib/domain/requests/request';
import type { RequestWordsInput, WithdrawRequestInput } from '@/lib/domain/requests/request-input';
import {
  requirePermission,
  requireUser,
  type ServerContext,
  teamsWithinReach,
  withTransaction,
} from '../context';
import { AppError, notFound } from '../errors';
import type { DecidedRequest } from './approve-request';
import { addEvent, auditRequest, isWithinReach, lockRequest, titleOf, updateRequest } from './request-row';
import { tellRequest } from './tell-request';

/** Adds a comment, whatever the state; for everyone who may see the request. */
export async function commentOnRequest(
  context: ServerContext,
  { requestId, words }: RequestWordsInput,
): Promise<DecidedRequest> {
  const teamIds = teamsWithinReach(context, 'requests.read');
  const actor = requireUser(context);
  return withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    const { request } = loaded;
    if (!isWithinReach(request, actor, teamIds)) throw notFound('request');
    await addEvent(tx, context, request, { kind: 'commented', words });
    await auditRequest(tx, context, loaded, { action: 'request.comment', reason: words });
    await tellRequest(tx, context, loaded, {
      step: 'commented',
      title: `${actor.name} wrote about ${titleOf(loaded)}`,
      body: words,
      mark: context.now().toISOString(),
    });
    return { requestId, state: request.state };
  });
}

/** Answers what the approver asked back; the request is then open again. Only for the one who asked for it. */
export async function answerRequest(
  context: ServerContext,
  { requestId, words }: RequestWordsInput,
): Promise<DecidedRequest> {
  requirePermission(context, 'requests.create');
  const actor = requireUser(context);
  return withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    const { request } = loaded;
    if (request.requesterId !== actor.id) throw notFound('request');
    if (request.state !== 'asked_back') {
      throw new AppError('conflict', 'Nobody asks you anything about this any more.');
    }
    await updateRequest(tx, requestId, { state: 'open' });
    await addEvent(tx, context, request, { kind: 'answered', words });
    await auditRequest(tx, context, loaded, { action: 'request.answer', reason: words });
    await tellRequest(tx, context, loaded, {
      step: 'answered',
      title: `${actor.name} answered about ${titleOf(loaded)}`,
      body: words,
      mark: context.now().toISOString(),
    });
    return { requestId, state: 'open' };
  });
}

/** Takes an undecided request back. Only for the one who asked; doing it twice changes nothing. */
export async function withdrawRequest(
  context: ServerContext,
  { requestId, words }: WithdrawRequestInput,
): Promise<DecidedRequest> {
  requirePermission(context, 'requests.create');
  const actor = requireUser(context);
  return withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    const { request } = loaded;
    if (request.requesterId !== actor.id) throw notFound('request');
    if (request.state === 'withdrawn') return { requestId, state: 'withdrawn' };
    if (!isUndecided(request.state)) {
      throw new AppError('conflict', 'This was decided already, so it cannot be withdrawn.');
    }
    const at = context.now();
    await updateRequest(tx, requestId, { state: 'withdrawn', decidedAt: at, settledAt: at });
    await addEvent(tx, context, request, { kind: 'withdrawn', words });
    await auditRequest(tx, context, loaded, { action: 'request.withdraw', reason: words });
    await tellRequest(tx, context, loaded, {
      step: 'withdrawn',
      title: `${actor.name} withdrew: ${titleOf(loaded)}`,
      body: words,
    });
    return { requestId, state: 'withdrawn' };
  });
}
