import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { CreateTeamButton } from '@/components/teams/create-team-button';
import { TeamTable } from '@/components/teams/team-table';
import { EmptyState, NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { listTeams } from '@/lib/server/teams/list-teams';
import { formatMonth } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';

export const metadata: Metadata = { title: 'Teams' };

export default async function TeamsPage() {
  const context = await requirePageContext();
  const { role } = context.actor;
  const reach = reachOf(role, 'teams.read');
  if (reach === null) {
    return (
      <PageFrame title="Teams">
        <NoPermissionState>Ask an admin which teams you may see.</NoPermissionState>
      </PageFrame>
    );
  }
  const canWrite = reachOf(role, 'teams.write') !== null;
  const teams = await listTeams(context);
  const month = formatMonth(context.now()).split(' ')[0] ?? '';
  return (
    <PageFrame
      title="Teams"
      meta={formatPlural(teams.length, 'team')}
      actions={canWrite ? <CreateTeamButton /> : null}
    >
      {teams.length > 0 ? (
        <>
          <TeamTable teams={teams} month={month} />
          <p className="text-muted text-xs">
            Spend of each team’s keys on the days they were the team’s, UTC days; today is not final.
          </p>
        </>
      ) : (
        <EmptyState
          title={reach === 'teams' ? 'You lead no team yet' : 'No teams yet'}
          actions={canWrite ? <CreateTeamButton /> : null}
        >
          {reach === 'teams'
            ? 'An admin makes you the lead of a team; its keys and spend are then shown here.'
            : 'A team owns keys, and its leads see what they spend. Spend is told by team from then on.'}
        </EmptyState>
      )}
    </PageFrame>
  );
}
