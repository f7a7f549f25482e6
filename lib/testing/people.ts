import { desc } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { auditEvents, sessions } from '@/lib/db/schema';

/** The newest row of the audit chain, without what differs from run to run; null when there is none. */
export async function lastAudit(db: Queryable) {
  const [row] = await db.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
  if (!row) return null;
  const { actorId, actorName, actorRole, action, subjectKind, subjectId, subjectName } = row;
  const { before, after, outcome } = row;
  return {
    actorId,
    actorName,
    actorRole,
    action,
    subjectKind,
    subjectId,
    subjectName,
    before,
    after,
    outcome,
  };
}

export async function countAudit(db: Queryable): Promise<number> {
  return (await db.select({ seq: auditEvents.seq }).from(auditEvents)).length;
}

/** A session in use at `now`. */
export async function insertSession(
  db: Queryable,
  values: Partial<typeof sessions.$inferInsert> & { userId: string },
  now: Date = new Date(),
) {
  const expiresAt = new Date(now.getTime() + 86_400_000);
  const row = { createdAt: now, lastSeenAt: now, expiresAt };
  const [session] = await db
    .insert(sessions)
    .values({ ...row, ...values })
    .returning();
  if (!session) throw new Error('the session was not inserted');
  return session;
}
