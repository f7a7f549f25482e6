import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { CreateTeamButton } from '@/components/teams/create-team-button';
import { TeamTable } from '@/components/teams/team-table';
import { UnownedNotice } from '@/components/teams/unowned-notice';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { EmptyState, NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { countUnowned } from '@/lib/server/teams/count-unowned';
import { countLeft } from '@/lib/server/teams/list-left-people';
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
  const canAssign = reachOf(role, 'keys.assign') !== null;
  const unowned = canAssign ? await countUnowned(context) : null;
  const left = canAssign ? await countLeft(context) : { keys: 0, people: 0 };
  const month = formatMonth(context.now()).split(' ')[0] ?? '';
  return (
    <PageFrame
      title="Teams"
      meta={formatPlural(teams.length, 'team')}
      actions={
        <>
          {canAssign ? <ButtonLink href="/teams/left">People who left</ButtonLink> : null}
          {canAssign ? <ButtonLink href="/teams/rules">Assignment rules</ButtonLink> : null}
          {canWrite ? <CreateTeamButton /> : null}
        </>
      }
    >
      {left.keys > 0 ? (
        <Notice
          tone="warn"
          title={`${formatPlural(left.keys, 'key')} of ${formatPlural(left.people, 'person', 'people')} who left`}
          actions={
            <ButtonLink size="sm" href="/teams/left">
              Give them to someone
            </ButtonLink>
          }
        >
          They still work. Somebody who is here should own them.
        </Notice>
      ) : null}
      {unowned && unowned.keys > 0 ? <UnownedNotice unowned={unowned} /> : null}
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
