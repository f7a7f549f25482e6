import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { incidents, raises } from '@/lib/db/schema';
import type { Limit } from '@/lib/domain/limits/limit';
import { limitText } from '@/lib/words/limit-words';
import { appendAudit } from '../audit/append-audit';
import type { ServerContext } from '../context';
import { notify, toAdmins } from '../notifications/notify';
import { toRaisePeople } from './key-people';
import { auditRaise, lockRaise, type RaisedKey } from './raise-row';

type RaiseFinish = {
  readonly key: RaisedKey;
  readonly state: 'ended' | 'drifted' | 'cancelled';
  /** What was done, or why there was nothing to do, in words for people. */
  readonly words: string;
  /** The limit of the key from now on, where it is known. */
  readonly limit: Limit | null;
};

/** Puts a raise behind us: its row, the audit log, what was asked about it, and everyone it concerns. */
export async function finishRaise(
  tx: Transaction,
  context: ServerContext,
  raiseId: string,
  { key, state, words, limit }: RaiseFinish,
): Promise<void> {
  const raise = await lockRaise(tx, raiseId);
  if (!raise || raise.endedAt) return;
  const failure = state === 'ended' ? null : words;
  await tx
    .update(raises)
    .set({ state, endedAt: context.now(), failure, nextTryAt: null, workedUntil: null })
    .where(eq(raises.id, raiseId));
  await auditRaise(tx, context, raise, key, {
    action: state === 'ended' ? 'raise.end' : state === 'drifted' ? 'raise.drift' : 'raise.cancel',
    before: { limit: raise.raisedLimit },
    after: { ...(limit ? { limit } : {}), settlement: words },
    reason: raise.reason,
  });
  await closeRaiseIncidents(tx, context, raiseId, words);
  const now = limit ? ` The limit is ${limitText(limit)} now.` : '';
  const people = await toRaisePeople(tx, raise);
  await notify(tx, context, {
    topic: 'raise.ended',
    to: state === 'drifted' ? [...people, ...(await toAdmins(tx))] : people,
    title: `The raise of ${key.name} to ${limitText(raise.raisedLimit)} is over`,
    body: `${words}${now}`,
    href: `/keys/${key.id}`,
    dedupeKey: `raise:${raiseId}:over`,
  });
}

async function closeRaiseIncidents(
  tx: Transaction,
  context: ServerContext,
  raiseId: string,
  resolution: string,
): Promise<void> {
  const resolvedBy = context.actor.kind === 'user' ? context.actor.id : null;
  const closed = await tx
    .update(incidents)
    .set({ resolvedAt: context.now(), resolvedBy, resolution })
    .where(
      and(
        eq(incidents.kind, 'raise_overdue'),
        isNull(incidents.resolvedAt),
        sql`${incidents.facts} ->> 'raiseId' = ${raiseId}`,
      ),
    )
    .returning();
  for (const incident of closed) {
    await appendAudit(tx, context, {
      action: 'incident.resolve',
      subjectKind: 'incident',
      subjectId: incident.id,
      subjectName: incident.title,
      connectionId: incident.connectionId,
      keyId: incident.keyId,
      after: { resolution },
      outcome: 'done',
    });
  }
}
