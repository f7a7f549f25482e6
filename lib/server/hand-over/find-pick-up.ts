import 'server-only';
import { z } from 'zod';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import { handOverAccessOf, handOverStateOf } from '@/lib/domain/hand-over/hand-over-state';
import type { PickUpView } from '@/lib/domain/hand-over/hand-over-view';
import type { UserActor } from '@/lib/domain/people/actor';
import type { ServerContext } from '../context';
import { requireSystem } from '../people/people-context';
import { findHandOver } from './load-hand-over';

/**
 * What a link's page says before the click; null for an unknown one. It changes nothing, so that whatever looks
 * at the address first leaves the secret where it is.
 */
export async function findPickUp(
  context: ServerContext,
  input: { readonly handOverId: string; readonly viewer: UserActor | null },
): Promise<PickUpView | null> {
  requireSystem(context);
  const id = z.uuid().safeParse(input.handOverId);
  const found = id.success ? await findHandOver(context.db, id.data) : null;
  if (!found) return null;
  const { handOver, key, connection, senderName, recipientName } = found;
  return {
    state: handOverStateOf(handOver, context.now()),
    access: handOverAccessOf(handOver, input.viewer?.id ?? null),
    senderName: senderName ?? 'Keyward',
    recipientName,
    keyName: key.name,
    providerName: providerWords[connection.provider].name,
    expiresAt: handOver.expiresAt.toISOString(),
    collectedAt: handOver.collectedAt?.toISOString() ?? null,
  };
}
