import 'server-only';
import type { CollectedSecret } from '@/lib/domain/hand-over/hand-over-view';
import { openSecret } from '@/lib/utils/secret-box';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { AppError, notFound } from '../errors';
import { collectHandOver } from '../hand-over/collect-hand-over';
import { loadRequest } from './request-row';

/**
 * Gives the secret of a granted key to the one who asked for it, once. Nobody else ever gets it, the approver
 * included. Throws `not_found` for anyone else, and like `collectHandOver`.
 */
export async function collectRequestSecret(
  context: ServerContext,
  input: { readonly requestId: string; readonly address: string | null },
): Promise<CollectedSecret> {
  requirePermission(context, 'requests.create');
  const viewer = requireUser(context);
  const { request } = await loadRequest(context.db, input.requestId);
  if (request.requesterId !== viewer.id) throw notFound('request');
  const handOver = request.granted?.handOver;
  if (!handOver) throw new AppError('conflict', 'There is no secret to pick up yet.');
  const linkKey = openSecret(context.providers.masterKey, handOver.linkKey, `request:${request.id}`);
  return collectHandOver(
    { ...context, actor: { kind: 'system', name: 'Keyward' } },
    { handOverId: handOver.id, linkKey, viewer, address: input.address },
  );
}
