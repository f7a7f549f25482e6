import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { MyTeamSection } from '@/components/teams/my-team-section';
import { OpenRequestList } from '@/components/teams/open-request-list';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState, NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { getMyTeam } from '@/lib/server/teams/get-my-team';

export const metadata: Metadata = { title: 'My team' };

export default async function MyTeamPage() {
  const context = await requirePageContext();
  const { role } = context.actor;
  if (reachOf(role, 'teams.read') === null) {
    return (
      <PageFrame title="My team">
        <NoPermissionState>Ask an admin which teams you may see.</NoPermissionState>
      </PageFrame>
    );
  }
  const { teams, recent, requests, asOf } = await getMyTeam(context);
  const canAsk = reachOf(role, 'requests.create') !== null;
  if (teams.length === 0) {
    return (
      <PageFrame title="My team">
        <EmptyState
          title="You lead no team yet"
          actions={role === 'lead' ? null : <ButtonLink href="/teams">Show all teams</ButtonLink>}
        >
          Once an admin makes you the lead of a team, what is left for its keys stands here.
        </EmptyState>
      </PageFrame>
    );
  }
  const asked = (
    <section aria-labelledby="open-requests" className="flex flex-col gap-2">
      <h2 id="open-requests" className="m-0 font-semibold text-base">
        Open requests
      </h2>
      <OpenRequestList requests={requests} now={Date.parse(asOf)} />
    </section>
  );
  return (
    <PageFrame
      title={teams.length === 1 ? 'My team' : 'My teams'}
      actions={canAsk ? <ButtonLink href="/requests/new">Ask for a new key</ButtonLink> : null}
      className="gap-6"
    >
      {requests.length > 0 ? asked : null}
      {teams.map((led) => (
        <MyTeamSection key={led.team.id} led={led} recent={recent} canAsk={canAsk} />
      ))}
      {requests.length > 0 ? null : asked}
    </PageFrame>
  );
}
