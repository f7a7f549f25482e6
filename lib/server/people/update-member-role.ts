import 'server-only';
import { eq } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import type { UpdateMemberRoleInput } from '@/lib/domain/people/member-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { getUserRow } from './get-user-row';
import { requireAnotherAdmin } from './require-another-admin';

/** Gives a person another role, at once and in all their sessions. Never takes the last admin away. */
export async function updateMemberRole(context: ServerContext, input: UpdateMemberRoleInput): Promise<void> {
  requirePermission(context, 'members.write');
  await withTransaction(context, async (tx) => {
    const user = await getUserRow(tx, input.userId);
    if (user.role === input.role) return;
    if (user.role === 'admin' && !user.isDisabled) await requireAnotherAdmin(tx, user.id);
    await tx.update(users).set({ role: input.role }).where(eq(users.id, user.id));
    await appendAudit(tx, context, {
      action: 'member.update_role',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.name,
      before: { role: user.role },
      after: { role: input.role },
      outcome: 'done',
    });
  });
}
