import 'server-only';
import { type AcceptInvitationInput, teamPlaceSchema } from '@/lib/domain/people/one-time-link';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { insertUser } from './insert-user';
import { hashPassword } from './password-hash';
import { asPerson, requireSystem } from './people-context';
import { takeLink } from './take-link';

/** Makes the holder of an invitation a member with the role it names. The link is void afterwards. */
export async function acceptInvitation(
  context: ServerContext,
  input: AcceptInvitationInput,
): Promise<{ email: string }> {
  requireSystem(context);
  const passwordHash = await hashPassword(input.password);
  return withTransaction(context, async (tx) => {
    const now = context.now();
    const link = await takeLink(tx, 'invitation', input.token, now);
    if (!link?.email || !link.role) {
      throw new AppError('conflict', 'This invitation is no longer valid. Ask an admin for a new one.');
    }
    const { email, role } = link;
    const teams = teamPlaceSchema.array().parse(link.teams);
    const user = await insertUser(tx, now, { email, name: input.name, role, passwordHash, teams });
    await appendAudit(tx, asPerson(context, user), {
      action: 'member.accept_invitation',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.name,
      after: { email, role, teamIds: teams.map(({ teamId }) => teamId), invitationId: link.id },
      outcome: 'done',
    });
    return { email };
  });
}
