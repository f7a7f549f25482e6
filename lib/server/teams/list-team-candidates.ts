import 'server-only';
import { and, asc, eq, notExists, sql } from 'drizzle-orm';
import { teamMembers, users } from '@/lib/db/schema';
import type { TeamCandidate } from '@/lib/domain/teams/team-page';
import { requirePermission, type ServerContext } from '../context';

/** The active people who are not in a team yet. */
export async function listTeamCandidates(
  context: ServerContext,
  { teamId }: { teamId: number },
): Promise<readonly TeamCandidate[]> {
  requirePermission(context, 'teams.write');
  const isIn = context.db
    .select({ one: sql`1` })
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, users.id)));
  return context.db
    .select({ id: users.id, name: users.name, email: users.email, role: users.role })
    .from(users)
    .where(and(eq(users.isDisabled, false), notExists(isIn)))
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
}
