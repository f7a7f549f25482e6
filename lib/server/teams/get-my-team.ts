import 'server-only';
import type { LedTeam, MyTeamView } from '@/lib/domain/teams/my-team';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { getKeysTable } from '../keys/get-keys-table';
import { getRecentSpend } from '../keys/get-recent-spend';
import { listRequests } from '../requests/list-requests';
import { findTeamForecast } from './find-team-forecast';
import { listTeams } from './list-teams';

/** The teams that the actor leads: what is left, what runs out, what was asked for. Throws `forbidden`. */
export async function getMyTeam(context: ServerContext): Promise<MyTeamView> {
  requirePermission(context, 'teams.read');
  const { teamIds } = requireUser(context);
  const led = (await listTeams(context)).filter(({ id }) => teamIds.includes(id));
  const teams: LedTeam[] = [];
  for (const team of led) {
    const keys = await getKeysTable(context, { teamId: team.id });
    teams.push({ team, keys, forecast: await findTeamForecast(context, team.id) });
  }
  const names = new Set(led.map(({ name }) => name));
  const requests = await listRequests(context, { show: 'open', kind: null, teamId: null });
  return {
    asOf: context.now().toISOString(),
    teams,
    recent: await getRecentSpend(context),
    requests: requests.filter(({ teamName }) => teamName === null || names.has(teamName)),
  };
}
