import 'server-only';
import { eq } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import type { ResetPasswordInput } from '@/lib/domain/people/one-time-link';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { revokeSessions } from './end-sessions';
import { findPasswordLink } from './find-open-link';
import { getUserRow } from './get-user-row';
import { hashPassword } from './password-hash';
import { asPerson, requireSystem } from './people-context';
import { forgiveTries, signInSubjects } from './sign-in-tries';
import { takeLink } from './take-link';

const isOver = () => new AppError('conflict', 'This link is no longer valid. Ask an admin for a new one.');

/** Gives the holder of a new-password link that password, and ends all their sessions. The link is void afterwards. */
export async function resetPassword(
  context: ServerContext,
  input: ResetPasswordInput,
): Promise<{ email: string }> {
  requireSystem(context);
  // Looked at first, since hashing is dear and strangers may ask.
  if ((await findPasswordLink(context, input.token)) === null) throw isOver();
  const passwordHash = await hashPassword(input.password);
  const { email } = await withTransaction(context, async (tx) => {
    const now = context.now();
    const link = await takeLink(tx, 'password', input.token, now);
    if (!link?.userId) throw isOver();
    const user = await getUserRow(tx, link.userId);
    if (user.isDisabled) throw isOver();
    await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id));
    const endedSessions = await revokeSessions(tx, { userId: user.id, exceptSessionId: null }, now);
    await appendAudit(tx, asPerson(context, user), {
      action: 'account.reset_password',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.name,
      after: { endedSessions },
      outcome: 'done',
    });
    return user;
  });
  // Wrong guesses before must not keep out who now knows the password.
  await forgiveTries(context, signInSubjects(email, null));
  return { email };
}
