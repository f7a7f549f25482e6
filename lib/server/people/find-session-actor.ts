import 'server-only';
import { and, eq, lte, sql } from 'drizzle-orm';
import { sessions, users } from '@/lib/db/schema';
import type { UserActor } from '@/lib/domain/people/actor';
import { isSessionLive, isTouchDue, SESSION_TOUCH_MS } from '@/lib/domain/people/session-rules';
import type { ServerContext } from '../context';

export type SessionQuery = { readonly sessionId: string; readonly idleMinutes: number };

/**
 * Who a session stands for now; null when it was ended, expired, lay idle, or its person is disabled.
 * Role and teams are read anew each time. Writes the session's last use at most once a minute.
 */
export async function findSessionActor(
  context: ServerContext,
  { sessionId, idleMinutes }: SessionQuery,
): Promise<UserActor | null> {
  const [row] = await context.db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      isDisabled: users.isDisabled,
      expiresAt: sessions.expiresAt,
      revokedAt: sessions.revokedAt,
      lastSeenAt: sessions.lastSeenAt,
      teamIds: sql<number[]>`array(
        select tm.team_id from team_members tm join teams t on t.id = tm.team_id
        where tm.user_id = users.id and t.archived_at is null order by tm.team_id)`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, sessionId));
  const now = context.now();
  if (!row || row.isDisabled || !isSessionLive(row, now, idleMinutes)) return null;
  if (isTouchDue(row, now)) await touchSession(context, sessionId, row.id, now);
  return { kind: 'user', id: row.id, name: row.name, email: row.email, role: row.role, teamIds: row.teamIds };
}

async function touchSession(
  context: ServerContext,
  sessionId: string,
  userId: string,
  now: Date,
): Promise<void> {
  const due = new Date(now.getTime() - SESSION_TOUCH_MS);
  const touched = await context.db
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, sessionId), lte(sessions.lastSeenAt, due)))
    .returning({ id: sessions.id });
  if (touched.length > 0) await context.db.update(users).set({ lastSeenAt: now }).where(eq(users.id, userId));
}
