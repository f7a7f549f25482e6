import 'server-only';
import type { RequestIdInput } from '@/lib/domain/requests/request-input';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import type { DecidedRequest } from './approve-request';
import { carryLeaseEnd } from './carry-lease';
import { carryOutRequest } from './carry-out-request';
import { findAttempt } from './find-attempt';
import { addEvent, auditRequest, loadRequest, lockRequest, updateRequest } from './request-row';

/**
 * Carries out what was approved once more, at once, after the provider refused it or was away. Throws `conflict`
 * when it is in effect, or while nobody knows how the last try ended.
 */
export async function retryRequest(
  context: ServerContext,
  { requestId }: RequestIdInput,
): Promise<DecidedRequest> {
  requirePermission(context, 'requests.decide');
  requireUser(context);
  await withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    const { request } = loaded;
    const isWaiting = request.state === 'approved' && request.failure !== null;
    if (request.state !== 'failed' && !isWaiting) {
      throw new AppError('conflict', 'There is nothing to try again.', { facts: { state: request.state } });
    }
    if (await findAttempt(tx, request)) {
      throw new AppError('conflict', 'Keyward is still looking how the last try ended.');
    }
    await updateRequest(tx, requestId, {
      state: 'approved',
      failure: null,
      changeId: null,
      workedUntil: carryLeaseEnd(context),
    });
    await addEvent(tx, context, request, { kind: 'retried' });
    await auditRequest(tx, context, loaded, { action: 'request.retry' });
  });
  await carryOutRequest(context, requestId);
  const { request } = await loadRequest(context.db, requestId);
  return { requestId, state: request.state };
}
