import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { oneTimeLinks, users } from '@/lib/db/schema';
import { emailKey } from '@/lib/domain/people/email';
import { INVITATION_LIFETIME_MS, type InviteMemberInput } from '@/lib/domain/people/one-time-link';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { invalidField } from '../errors';
import { createLinkToken } from './link-token';

/** Makes a one-time link for one address; an earlier open one for the same address is void. */
export async function inviteMember(
  context: ServerContext,
  input: InviteMemberInput,
): Promise<{ token: string; expiresAt: Date }> {
  requirePermission(context, 'members.write');
  const { token, tokenHash } = createLinkToken();
  const createdAt = context.now();
  const expiresAt = new Date(createdAt.getTime() + INVITATION_LIFETIME_MS);
  await withTransaction(context, async (tx) => {
    await makeRoom(tx, emailKey(input.email));
    const createdBy = context.actor.kind === 'user' ? context.actor.id : null;
    const [link] = await tx
      .insert(oneTimeLinks)
      .values({ purpose: 'invitation', tokenHash, ...input, createdBy, createdAt, expiresAt })
      .returning({ id: oneTimeLinks.id });
    await appendAudit(tx, context, {
      action: 'member.invite',
      subjectKind: 'user',
      subjectName: input.email,
      after: {
        invitationId: link?.id,
        role: input.role,
        teamIds: input.teamIds,
        expiresAt: expiresAt.toISOString(),
      },
      outcome: 'done',
    });
  });
  return { token, expiresAt };
}

async function makeRoom(tx: Transaction, email: string): Promise<void> {
  const [known] = await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  if (known) throw invalidField('email', 'A person with this email address is already here.');
  await tx
    .delete(oneTimeLinks)
    .where(
      and(
        eq(oneTimeLinks.purpose, 'invitation'),
        isNull(oneTimeLinks.usedAt),
        eq(sql`lower(${oneTimeLinks.email})`, email),
      ),
    );
}
