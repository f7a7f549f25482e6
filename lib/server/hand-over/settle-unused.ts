import 'server-only';
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { changes, handOvers, incidents } from '@/lib/db/schema';
import type { KeyStop } from '@/lib/domain/hand-over/hand-over-view';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { openIncident } from '../incidents/open-incident';
import { notify } from '../notifications/notify';
import { auditSubjectOf, type LoadedHandOver, lockHandOver } from './load-hand-over';
import { stopKey } from './stop-key';

const RETRY_MS = 5 * 60_000;

/**
 * What an unused link leaves behind: a live key whose secret nobody can ever have. The seal is wiped first; then
 * the key is disabled or capped, and `expiredAt` says that this is done. Until then it is tried again.
 * Answers null when there was nothing to do or it is too early for another try.
 */
export async function settleUnused(
  context: ServerContext,
  input: { readonly handOverId: string; readonly isPaced: boolean },
): Promise<KeyStop | null> {
  const found = await withTransaction(context, (tx) => wipe(tx, context, input.handOverId));
  if (!found || (input.isPaced && (await wasJustTried(context, found.key.id)))) return null;
  const cause = found.handOver.revokedAt === null ? 'was not picked up in time' : 'was withdrawn';
  const reason = `The hand-over of its secret ${cause}: nobody holds it.`;
  const stop = await stopKey(context, { keyId: found.key.id, reason });
  await withTransaction(context, async (tx) => {
    await tellIncident(tx, found, stop);
    if (stop.kind === 'failed') return;
    await tx.update(handOvers).set({ expiredAt: context.now() }).where(eq(handOvers.id, found.handOver.id));
  });
  return stop;
}

async function wipe(
  tx: Transaction,
  context: ServerContext,
  handOverId: string,
): Promise<LoadedHandOver | null> {
  const found = await lockHandOver(tx, handOverId);
  if (!found) return null;
  const { collectedAt, revokedAt, expiredAt, expiresAt, sealed } = found.handOver;
  if (collectedAt !== null || expiredAt !== null) return null;
  if (revokedAt === null && context.now() < expiresAt) return null;
  if (sealed === null) return found;
  await tx.update(handOvers).set({ sealed: null }).where(eq(handOvers.id, handOverId));
  await appendAudit(tx, context, {
    action: 'hand_over.expire',
    ...auditSubjectOf(found),
    after: { handOverId, expiresAt: expiresAt.toISOString() },
    outcome: 'done',
  });
  await openIncident(tx, context, {
    kind: 'hand_over_expired',
    title: `The secret of ${found.key.name} was not picked up in time.`,
    toldOtherwise: found.handOver.senderId,
    connectionId: found.key.connectionId,
    keyId: found.key.id,
    facts: {
      handOverId,
      sender: found.senderName,
      recipient: found.recipientName,
      expiresAt: expiresAt.toISOString(),
      why: 'Its secret is gone for good. Delete the key, or create another one.',
    },
  });
  await notify(tx, context, {
    topic: 'hand_over.expired',
    to: found.handOver.senderId === null ? [] : [found.handOver.senderId],
    title: `The secret of ${found.key.name} was not picked up in time`,
    body: 'It is gone for good, and the key is stopped. Delete the key, or create another one.',
    href: `/keys/${found.key.id}`,
    dedupeKey: `hand_over:${handOverId}:expired`,
  });
  return found;
}

/** Whether a try to stop the key failed within the last minutes: a provider that is away is not asked at each look. */
async function wasJustTried(context: ServerContext, keyId: number): Promise<boolean> {
  const [row] = await context.db
    .select({ id: changes.id })
    .from(changes)
    .where(
      and(
        eq(changes.keyId, keyId),
        inArray(changes.kind, ['disable_key', 'set_limit']),
        inArray(changes.state, ['planned', 'sent', 'unknown', 'refused', 'settled_not_applied']),
        gt(changes.plannedAt, new Date(context.now().getTime() - RETRY_MS)),
      ),
    )
    .limit(1);
  return row !== undefined;
}

function saysOf(stop: KeyStop): string {
  switch (stop.kind) {
    case 'disabled':
      return 'and is disabled now';
    case 'capped':
      return `and is capped at $${stop.amount} now`;
    case 'stopped_before':
      return 'and was stopped already';
    case 'gone':
      return 'and is gone already';
    case 'failed':
      return 'and could not be stopped yet; that is tried again';
  }
}

/** Brings what the sender is told to what became of the key. */
async function tellIncident(
  tx: Transaction,
  { handOver, key }: LoadedHandOver,
  stop: KeyStop,
): Promise<void> {
  await tx
    .update(incidents)
    .set({
      title: `${key.name} was not picked up in time ${saysOf(stop)}.`,
      facts: sql`${incidents.facts} || ${JSON.stringify({ keyStop: stop })}::jsonb`,
    })
    .where(
      and(
        eq(incidents.kind, 'hand_over_expired'),
        eq(incidents.keyId, key.id),
        eq(sql`${incidents.facts}->>'handOverId'`, handOver.id),
      ),
    );
}
