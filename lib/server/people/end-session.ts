import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '@/lib/db/schema';
import type { EndSessionInput } from '@/lib/domain/people/member-input';
import { reachOf } from '@/lib/domain/people/permission';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { notFound } from '../errors';
import { getUserRow } from './get-user-row';

/** Ends one session: one's own, or with the right to govern members anybody's. Ended already is no fault. */
export async function endSession(context: ServerContext, input: EndSessionInput): Promise<void> {
  requirePermission(context, 'account.write');
  const actor = requireUser(context);
  await withTransaction(context, async (tx) => {
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, input.sessionId));
    const isWithinReach = session?.userId === actor.id || reachOf(actor.role, 'members.write') !== null;
    if (!session || !isWithinReach) throw notFound('session');
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: context.now() })
      .where(and(eq(sessions.id, session.id), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (ended.length === 0) return;
    const owner = await getUserRow(tx, session.userId);
    await appendAudit(tx, context, {
      action: 'session.end',
      subjectKind: 'session',
      subjectId: session.id,
      subjectName: owner.name,
      outcome: 'done',
    });
  });
}
