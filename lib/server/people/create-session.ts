import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { sessions, users } from '@/lib/db/schema';
import { SESSION_LIFETIME_MS } from '@/lib/domain/people/session-rules';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { getUserRow } from './get-user-row';
import { asPerson, requireSystem } from './people-context';

export type NewSession = {
  readonly userId: string;
  readonly method: 'password' | 'single_sign_on';
  readonly address: string | null;
  readonly userAgent: string | null;
  /** The session of the same browser until now, which ends. */
  readonly replacesSessionId: string | null;
};

/** Begins a session after a person has proved who they are. Answers its id, which the cookie carries. */
export async function createSession(
  context: ServerContext,
  input: NewSession,
): Promise<{ sessionId: string }> {
  requireSystem(context);
  const userAgent = input.userAgent?.slice(0, 300) ?? null;
  return withTransaction(context, async (tx) => {
    const user = await getUserRow(tx, input.userId);
    if (user.isDisabled) throw new AppError('forbidden', 'This account is disabled.');
    const now = context.now();
    if (input.replacesSessionId !== null) {
      await tx
        .update(sessions)
        .set({ revokedAt: now })
        .where(and(eq(sessions.id, input.replacesSessionId), isNull(sessions.revokedAt)));
    }
    const [session] = await tx
      .insert(sessions)
      .values({
        userId: user.id,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_LIFETIME_MS),
        userAgent,
        address: input.address,
      })
      .returning({ id: sessions.id });
    if (!session) throw new Error('the session was not stored');
    await tx.update(users).set({ lastSeenAt: now }).where(eq(users.id, user.id));
    await appendAudit(tx, asPerson(context, user), {
      action: 'session.create',
      subjectKind: 'session',
      subjectId: session.id,
      subjectName: user.name,
      after: { method: input.method, address: input.address, userAgent },
      outcome: 'done',
    });
    return { sessionId: session.id };
  });
}
