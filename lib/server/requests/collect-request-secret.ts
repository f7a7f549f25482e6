import 'server-only';
import type { CollectHandOverInput } from '@/lib/domain/hand-over/hand-over-input';
import type { CollectedSecret } from '@/lib/domain/hand-over/hand-over-view';
import type { RequestIdInput } from '@/lib/domain/requests/request-input';
import { openSecret } from '@/lib/utils/secret-box';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { AppError, notFound } from '../errors';
import { collectHandOver } from '../hand-over/collect-hand-over';
import { confirmCollected } from '../hand-over/confirm-collected';
import { loadRequest } from './request-row';

const keyward = { kind: 'system', name: 'Keyward' } as const;

/** The link of the granted key's hand-over, for the one who asked alone; nobody else ever gets it. */
async function openLink(context: ServerContext, requestId: string): Promise<CollectHandOverInput> {
  const { request } = await loadRequest(context.db, requestId);
  if (request.requesterId !== requireUser(context).id) throw notFound('request');
  const handOver = request.granted?.handOver;
  if (!handOver) throw new AppError('conflict', 'There is no secret to pick up yet.');
  const linkKey = openSecret(context.providers.masterKey, handOver.linkKey, `request:${request.id}`);
  return { handOverId: handOver.id, linkKey };
}

/**
 * Gives the secret of a granted key to the one who asked for it, once: never to the approver. Throws `not_found`
 * for anyone else, and like `collectHandOver`.
 */
export async function collectRequestSecret(
  context: ServerContext,
  input: RequestIdInput & { readonly address: string | null },
): Promise<CollectedSecret> {
  requirePermission(context, 'requests.create');
  const viewer = requireUser(context);
  const link = await openLink(context, input.requestId);
  return collectHandOver({ ...context, actor: keyward }, { ...link, viewer, address: input.address });
}

/** The browser of the one who asked says that it showed the secret: until then its key would be stopped. */
export async function confirmRequestSecret(
  context: ServerContext,
  { requestId }: RequestIdInput,
): Promise<void> {
  requirePermission(context, 'requests.create');
  await confirmCollected({ ...context, actor: keyward }, await openLink(context, requestId));
}
