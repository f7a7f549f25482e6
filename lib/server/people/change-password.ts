import 'server-only';
import { eq } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import type { ChangePasswordInput } from '@/lib/domain/people/password';
import { accountRule } from '@/lib/domain/people/sign-in-throttle';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { revokeSessions } from './end-sessions';
import { getUserRow } from './get-user-row';
import { hashPassword, verifyPassword } from './password-hash';
import { countTries, forgiveTries } from './sign-in-tries';
import { voidPasswordLinks } from './void-password-links';

/** Changes one's own password after asking for the current one, and ends one's other sessions. Answers how many. */
export async function changePassword(
  context: ServerContext,
  input: ChangePasswordInput & { currentSessionId: string | null },
): Promise<{ ended: number }> {
  requirePermission(context, 'account.write');
  const { id } = requireUser(context);
  const subjects = [{ subject: `password:${id}`, rule: accountRule }];
  const wait = await countTries(context, subjects);
  if (wait > 0) {
    throw new AppError('throttled', `Too many tries. Wait ${Math.ceil(wait / 1000)} s, then try again.`);
  }
  const user = await getUserRow(context.db, id);
  if (user.passwordHash === null) {
    throw new AppError(
      'unsupported',
      'Your account has no password here: you sign in through single sign-on.',
    );
  }
  if (!(await verifyPassword(user.passwordHash, input.currentPassword))) {
    throw invalidField('currentPassword', 'This is not your current password.');
  }
  const passwordHash = await hashPassword(input.newPassword);
  const ended = await withTransaction(context, async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
    await voidPasswordLinks(tx, id);
    const count = await revokeSessions(
      tx,
      { userId: id, exceptSessionId: input.currentSessionId },
      context.now(),
    );
    await appendAudit(tx, context, {
      action: 'account.change_password',
      subjectKind: 'user',
      subjectId: id,
      subjectName: user.name,
      after: { endedSessions: count },
      outcome: 'done',
    });
    return count;
  });
  await forgiveTries(context, subjects);
  return { ended };
}
