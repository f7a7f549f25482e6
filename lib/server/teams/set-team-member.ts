import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { teamMembers, users } from '@/lib/db/schema';
import type { setTeamMemberSchema } from '@/lib/domain/teams/team-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { notFound } from '../errors';
import { getTeam } from './get-team';

/** Makes a person a lead or a member of a team, or takes them off it. */
export async function setTeamMember(
  context: ServerContext,
  { teamId, userId, membership }: z.output<typeof setTeamMemberSchema>,
): Promise<void> {
  requirePermission(context, 'teams.write');
  await withTransaction(context, async (tx) => {
    const team = await getTeam(tx, teamId);
    const [user] = await tx.select().from(users).where(eq(users.id, userId));
    if (!user) throw notFound('person');
    const isOne = and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId));
    const [before] = await tx.select().from(teamMembers).where(isOne);
    if (membership === 'none') {
      await tx.delete(teamMembers).where(isOne);
    } else {
      const isLead = membership === 'lead';
      await tx
        .insert(teamMembers)
        .values({ teamId, userId, isLead, addedAt: context.now() })
        .onConflictDoUpdate({ target: [teamMembers.teamId, teamMembers.userId], set: { isLead } });
    }
    await appendAudit(tx, context, {
      action: 'team.set_member',
      subjectKind: 'team',
      subjectId: teamId,
      subjectName: team.name,
      before: { person: user.name, membership: before ? (before.isLead ? 'lead' : 'member') : 'none' },
      after: { person: user.name, membership },
      outcome: 'done',
    });
  });
}
