import 'server-only';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { sessions } from '@/lib/db/schema';
import { describeDevice } from '@/lib/domain/people/describe-device';
import type { SessionView } from '@/lib/domain/people/member-view';
import { requirePermission, requireUser, type ServerContext } from '../context';

export type ListSessionsInput = {
  readonly userId: string;
  readonly currentSessionId: string | null;
  readonly idleMinutes: number;
};

/** What makes a row a session that still stands at this moment. */
export function isLive(now: Date, idleMinutes: number) {
  const idleSince = new Date(now.getTime() - idleMinutes * 60_000);
  return and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now), gt(sessions.lastSeenAt, idleSince));
}

/** The standing sessions of a person, latest use first: one's own, or anybody's for who governs members. */
export async function listSessions(
  context: ServerContext,
  input: ListSessionsInput,
): Promise<readonly SessionView[]> {
  const isOwn = requireUser(context).id === input.userId;
  requirePermission(context, isOwn ? 'account.write' : 'members.write');
  const rows = await context.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, input.userId), isLive(context.now(), input.idleMinutes)))
    .orderBy(desc(sessions.lastSeenAt));
  return rows.map((row) => ({
    id: row.id,
    isThisOne: row.id === input.currentSessionId,
    device: describeDevice(row.userAgent),
    address: row.address,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  }));
}
