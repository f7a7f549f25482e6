import 'server-only';
import { eq } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import type { UpdateProfileInput } from '@/lib/domain/people/member-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { getUserRow } from './get-user-row';

/** Changes one's own name. Rows written before keep the name of their time. */
export async function updateProfile(
  context: ServerContext,
  input: UpdateProfileInput,
): Promise<{ name: string }> {
  requirePermission(context, 'account.write');
  const { id } = requireUser(context);
  await withTransaction(context, async (tx) => {
    const user = await getUserRow(tx, id);
    if (user.name === input.name) return;
    await tx.update(users).set({ name: input.name }).where(eq(users.id, id));
    await appendAudit(tx, context, {
      action: 'account.update_profile',
      subjectKind: 'user',
      subjectId: id,
      subjectName: input.name,
      before: { name: user.name },
      after: { name: input.name },
      outcome: 'done',
    });
  });
  return { name: input.name };
}
