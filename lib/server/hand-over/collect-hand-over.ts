import 'server-only';
import { eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { handOvers } from '@/lib/db/schema';
import type { CollectHandOverInput } from '@/lib/domain/hand-over/hand-over-input';
import { handOverAccessOf, handOverStateOf } from '@/lib/domain/hand-over/hand-over-state';
import type { CollectedSecret } from '@/lib/domain/hand-over/hand-over-view';
import type { UserActor } from '@/lib/domain/people/actor';
import { SecretBoxError } from '@/lib/utils/secret-box';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { notify } from '../notifications/notify';
import { requireSystem } from '../people/people-context';
import { watchCollected } from './confirm-collected';
import { openHandOver } from './hand-over-box';
import { isRightLinkKey } from './is-right-link-key';
import { auditSubjectOf, type LoadedHandOver, lockHandOver } from './load-hand-over';
import { type RefusedCollect, refuseCollect } from './refuse-collect';

export type CollectInput = CollectHandOverInput & {
  /** Who is signed in; null for whoever holds the link. */
  readonly viewer: UserActor | null;
  /** What wrong tries are counted against; null when it is not known. */
  readonly address: string | null;
};

type Attempt = { readonly kind: 'given'; readonly data: CollectedSecret } | RefusedCollect;

/**
 * Gives the secret out, once: it is wiped in the transaction that hands it out, and two clicks at once wait for
 * each other. Throws `not_found` (unknown or wrong key), `conflict` (collected, withdrawn, expired),
 * `signed_out`, `forbidden` (meant for someone else) or `throttled`.
 */
export async function collectHandOver(context: ServerContext, input: CollectInput): Promise<CollectedSecret> {
  requireSystem(context);
  const acting: ServerContext = {
    ...context,
    actor: input.viewer ?? { kind: 'system', name: 'Holder of a hand-over link' },
  };
  const attempt = await withTransaction(acting, (tx) => tryCollect(tx, acting, input));
  if (attempt.kind === 'given') return attempt.data;
  return refuseCollect(acting, attempt, input);
}

async function tryCollect(tx: Transaction, context: ServerContext, input: CollectInput): Promise<Attempt> {
  const linkKey = Buffer.from(input.linkKey, 'base64url');
  const found = await lockHandOver(tx, input.handOverId);
  if (!found || !isRightLinkKey(found, input.linkKey)) return { kind: 'refused', found, cause: 'wrong_key' };
  const now = context.now();
  const state = handOverStateOf(found.handOver, now);
  if (state !== 'waiting') return { kind: 'refused', found, cause: state };
  const access = handOverAccessOf(found.handOver, input.viewer?.id ?? null);
  if (access !== 'open') return { kind: 'refused', found, cause: access };
  const secret = open(context, found, linkKey);
  await tx
    .update(handOvers)
    .set({ sealed: null, collectedAt: now, collectedBy: input.viewer?.id ?? null })
    .where(eq(handOvers.id, found.handOver.id));
  await watchCollected(tx, context, found.key.id);
  await appendAudit(tx, context, {
    action: 'hand_over.collect',
    ...auditSubjectOf(found),
    after: { handOverId: found.handOver.id, address: input.address },
    outcome: 'done',
  });
  await tellSender(tx, context, found, input.viewer);
  return { kind: 'given', data: { keyName: found.key.name, secret } };
}

async function tellSender(
  tx: Transaction,
  context: ServerContext,
  { handOver, key }: LoadedHandOver,
  viewer: UserActor | null,
): Promise<void> {
  const { id, senderId } = handOver;
  if (senderId === null || senderId === viewer?.id) return;
  await notify(tx, context, {
    topic: 'hand_over.collected',
    to: [senderId],
    title: `The secret of ${key.name} was picked up`,
    body: viewer ? `${viewer.name} has it.` : 'Whoever held the link has it.',
    href: `/keys/${key.id}`,
    dedupeKey: `hand_over:${id}:collected`,
  });
}

function open(context: ServerContext, { handOver }: LoadedHandOver, linkKey: Buffer): string {
  if (handOver.sealed === null) throw new Error('a waiting hand-over holds a box');
  try {
    return openHandOver(context.providers.masterKey, linkKey, handOver.id, handOver.sealed);
  } catch (error) {
    if (!(error instanceof SecretBoxError)) throw error;
    throw new AppError(
      'internal',
      'The secret cannot be opened: it was sealed by another installation, or altered. Ask the sender for a new key.',
      { cause: error },
    );
  }
}
