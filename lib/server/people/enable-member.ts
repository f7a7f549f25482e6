import 'server-only';
import { eq } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import type { MemberIdInput } from '@/lib/domain/people/member-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { getUserRow } from './get-user-row';

/** Lets a disabled person sign in again. Sessions that were ended stay ended. */
export async function enableMember(context: ServerContext, input: MemberIdInput): Promise<void> {
  requirePermission(context, 'members.write');
  await withTransaction(context, async (tx) => {
    const user = await getUserRow(tx, input.userId);
    if (!user.isDisabled) return;
    await tx.update(users).set({ isDisabled: false }).where(eq(users.id, user.id));
    await appendAudit(tx, context, {
      action: 'member.enable',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.name,
      before: { isDisabled: true },
      after: { isDisabled: false },
      outcome: 'done',
    });
  });
}
