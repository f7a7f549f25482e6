import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { teamMembers, users } from '@/lib/db/schema';
import type { setTeamMemberSchema } from '@/lib/domain/teams/team-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { invalidField, notFound } from '../errors';
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
    if (user.isDisabled && membership !== 'none') {
      throw invalidField('userId', `${user.name} is disabled and cannot join a team.`);
    }
    const isOne = and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId));
    const [row] = await tx.select().from(teamMembers).where(isOne);
    const before = row ? (row.isLead ? 'lead' : 'member') : 'none';
    if (before === membership) return;
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
      before: { person: user.name, membership: before },
      after: { person: user.name, membership },
      outcome: 'done',
    });
  });
}
