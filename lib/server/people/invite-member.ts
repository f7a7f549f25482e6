import 'server-only';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { oneTimeLinks, teams, users } from '@/lib/db/schema';
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
  const { email, role } = input;
  const isLead = role === 'lead' && input.isLead;
  await withTransaction(context, async (tx) => {
    await makeRoom(tx, emailKey(email));
    const joined = await getTeams(tx, input.teamIds);
    const createdBy = context.actor.kind === 'user' ? context.actor.id : null;
    const [link] = await tx
      .insert(oneTimeLinks)
      .values({
        purpose: 'invitation',
        tokenHash,
        email,
        role,
        teams: joined.map(({ id }) => ({ teamId: id, isLead })),
        createdBy,
        createdAt,
        expiresAt,
      })
      .returning({ id: oneTimeLinks.id });
    await appendAudit(tx, context, {
      action: 'member.invite',
      subjectKind: 'user',
      subjectName: email,
      after: {
        invitationId: link?.id,
        role,
        ...(joined.length === 0
          ? {}
          : { teams: joined.map(({ name }) => name), membership: isLead ? 'lead' : 'member' }),
        expiresAt: expiresAt.toISOString(),
      },
      outcome: 'done',
    });
  });
  return { token, expiresAt };
}

/** The teams by name; one that is gone or archived is told beside the field. */
async function getTeams(tx: Transaction, teamIds: readonly number[]) {
  if (teamIds.length === 0) return [];
  const found = await tx
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(and(inArray(teams.id, [...teamIds]), isNull(teams.archivedAt)))
    .orderBy(asc(sql`lower(${teams.name})`));
  if (found.length !== new Set(teamIds).size) {
    throw invalidField('teamIds', 'One of these teams is gone. Choose again.');
  }
  return found;
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
