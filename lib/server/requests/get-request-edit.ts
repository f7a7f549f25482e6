import 'server-only';
import { isUndecided } from '@/lib/domain/requests/request';
import type { RequestIdInput } from '@/lib/domain/requests/request-input';
import type { RequestEditView } from '@/lib/domain/requests/request-view';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { AppError, notFound } from '../errors';
import { getRequestForm } from './get-request-form';
import { loadRequest, titleOf } from './request-row';

/** Kinds of which the key itself is part of what is changed. */
const OF_A_KEY = ['limit', 'enable_key'];

/**
 * The form in which the requester changes a wish that waits. Throws `not_found` for anybody else and for a
 * key that is no longer within reach, `conflict` once it is decided.
 */
export async function getRequestEdit(
  context: ServerContext,
  { requestId }: RequestIdInput,
): Promise<RequestEditView> {
  requirePermission(context, 'requests.create');
  const { id: userId } = requireUser(context);
  const loaded = await loadRequest(context.db, requestId);
  const { request } = loaded;
  if (request.requesterId !== userId) throw notFound('request');
  if (!isUndecided(request.state)) throw new AppError('conflict', 'This was decided already.');
  const keyId = OF_A_KEY.includes(request.kind) ? request.keyId : null;
  const form = await getRequestForm(context, { keyId });
  return {
    requestId,
    title: titleOf(loaded),
    wish: request.wish,
    reason: request.reason,
    form: { ...form, earlier: form.earlier.filter(({ id }) => id !== requestId) },
  };
}
