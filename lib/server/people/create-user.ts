import 'server-only';
import { type CreateUserInput, createUserSchema } from '@/lib/domain/people/member-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { insertUser } from './insert-user';
import { hashPassword } from './password-hash';

/** Makes a person with a password at once, without an invitation. */
export async function createUser(
  context: ServerContext,
  input: CreateUserInput,
): Promise<{ userId: string }> {
  requirePermission(context, 'members.write');
  const { password, teamIds, ...wish } = createUserSchema.parse(input);
  const teams = teamIds.map((teamId) => ({ teamId, isLead: wish.role === 'lead' }));
  const passwordHash = await hashPassword(password);
  return withTransaction(context, async (tx) => {
    const user = await insertUser(tx, context.now(), { ...wish, teams, passwordHash });
    await appendAudit(tx, context, {
      action: 'member.create',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.name,
      after: { email: user.email, role: user.role, teamIds },
      outcome: 'done',
    });
    return { userId: user.id };
  });
}
