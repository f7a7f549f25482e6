import 'server-only';
import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { sessions } from '@/lib/db/schema';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { getUserRow } from './get-user-row';

export type EndSessionsInput = {
  readonly userId: string;
  /** The one that goes on: the session of whoever asks. */
  readonly exceptSessionId: string | null;
};

/** Ends the sessions of a person: one's own, or anybody's with the right to govern members. Answers how many. */
export async function endSessions(
  context: ServerContext,
  input: EndSessionsInput,
): Promise<{ ended: number }> {
  const isOwn = requireUser(context).id === input.userId;
  requirePermission(context, isOwn ? 'account.write' : 'members.write');
  return withTransaction(context, async (tx) => {
    const user = await getUserRow(tx, input.userId);
    const ended = await revokeSessions(tx, input, context.now());
    if (ended === 0) return { ended };
    await appendAudit(tx, context, {
      action: 'session.end_all',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.name,
      after: { ended },
      outcome: 'done',
    });
    return { ended };
  });
}

/** Ends them within a transaction that records why. Answers how many stood until then. */
export async function revokeSessions(tx: Transaction, input: EndSessionsInput, now: Date): Promise<number> {
  const others = input.exceptSessionId === null ? undefined : ne(sessions.id, input.exceptSessionId);
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.userId, input.userId), isNull(sessions.revokedAt), others))
    .returning({ id: sessions.id });
  return ended.length;
}
