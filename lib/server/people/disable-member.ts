import 'server-only';
import { eq } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import type { MemberIdInput } from '@/lib/domain/people/member-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { tellOfDisabled } from '../teams/tell-left';
import { revokeSessions } from './end-sessions';
import { getUserRow } from './get-user-row';
import { requireAnotherAdmin } from './require-another-admin';
import { voidPasswordLinks } from './void-password-links';

/** Shuts a person out and ends their sessions. Their history stays. Never shuts out oneself or the last admin. */
export async function disableMember(context: ServerContext, input: MemberIdInput): Promise<void> {
  requirePermission(context, 'members.write');
  if (context.actor.kind === 'user' && context.actor.id === input.userId) {
    throw new AppError('conflict', 'You cannot disable your own account. Another admin can.');
  }
  await withTransaction(context, async (tx) => {
    const user = await getUserRow(tx, input.userId);
    if (user.isDisabled) return;
    if (user.role === 'admin') await requireAnotherAdmin(tx, user.id);
    await tx.update(users).set({ isDisabled: true }).where(eq(users.id, user.id));
    await voidPasswordLinks(tx, user.id);
    await tellOfDisabled(tx, context, user);
    await revokeSessions(tx, { userId: user.id, exceptSessionId: null }, context.now());
    await appendAudit(tx, context, {
      action: 'member.disable',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.name,
      before: { isDisabled: false },
      after: { isDisabled: true },
      outcome: 'done',
    });
  });
}
