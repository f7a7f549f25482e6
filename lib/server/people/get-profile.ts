import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { teamMembers, teams } from '@/lib/db/schema';
import type { ProfileView } from '@/lib/domain/people/member-view';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { getUserRow } from './get-user-row';

/** One's own account. */
export async function getProfile(context: ServerContext): Promise<ProfileView> {
  requirePermission(context, 'account.write');
  const user = await getUserRow(context.db, requireUser(context).id);
  const own = await context.db
    .select({ name: teams.name })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(and(eq(teamMembers.userId, user.id), isNull(teams.archivedAt)))
    .orderBy(asc(teams.name));
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    teams: own.map((team) => team.name),
    hasPassword: user.passwordHash !== null,
    hasSingleSignOn: user.oidcSubject !== null,
  };
}
