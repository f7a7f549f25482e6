import 'server-only';
import { asc, desc, eq, sql } from 'drizzle-orm';
import { teamMembers, users } from '@/lib/db/schema';
import type { TeamPageView } from '@/lib/domain/teams/team-page';
import type { ServerContext } from '../context';
import { notFound } from '../errors';
import { getKeysTable } from '../keys/get-keys-table';
import { findTeamForecast } from './find-team-forecast';
import { listTeams } from './list-teams';

/** A team with its people and keys; throws `not_found` when it is archived or beyond the actor's reach. */
export async function getTeamView(context: ServerContext, input: { teamId: number }): Promise<TeamPageView> {
  const [team] = await listTeams(context, input);
  if (!team) throw notFound('team');
  const people = await context.db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      isLead: teamMembers.isLead,
      isDisabled: users.isDisabled,
    })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(eq(teamMembers.teamId, team.id))
    .orderBy(desc(teamMembers.isLead), asc(sql`lower(${users.name})`), asc(users.id));
  return {
    team,
    people,
    keys: await getKeysTable(context, { teamId: team.id }),
    forecast: await findTeamForecast(context, team.id),
  };
}
