import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { oneTimeLinks } from '@/lib/db/schema';
import type { DeleteInvitationInput } from '@/lib/domain/people/one-time-link';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { notFound } from '../errors';

/** Makes an open invitation void. */
export async function deleteInvitation(context: ServerContext, input: DeleteInvitationInput): Promise<void> {
  requirePermission(context, 'members.write');
  await withTransaction(context, async (tx) => {
    const [link] = await tx
      .delete(oneTimeLinks)
      .where(
        and(
          eq(oneTimeLinks.id, input.invitationId),
          eq(oneTimeLinks.purpose, 'invitation'),
          isNull(oneTimeLinks.usedAt),
        ),
      )
      .returning();
    if (!link) throw notFound('open invitation');
    await appendAudit(tx, context, {
      action: 'member.withdraw_invitation',
      subjectKind: 'user',
      subjectName: link.email,
      before: { invitationId: link.id, role: link.role },
      outcome: 'done',
    });
  });
}
