import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { RequestFilters } from '@/components/requests/request-filters';
import { RequestList } from '@/components/requests/request-list';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState, NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import { listRequestsSchema, type RequestScope } from '@/lib/domain/requests/request-input';
import { listRequests } from '@/lib/server/requests/list-requests';
import { listTeams } from '@/lib/server/teams/list-teams';
import { formatPlural } from '@/lib/utils/format-number';

export const metadata: Metadata = { title: 'Requests' };

const emptyTitles: Record<RequestScope, string> = {
  open: 'Nothing waits',
  mine: 'You have not asked for anything yet',
  all: 'Nobody has asked for anything yet',
};

interface RequestsRouteProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RequestsRoute({ searchParams }: RequestsRouteProps) {
  const context = await requirePageContext();
  const may = (permission: Permission) => reachOf(context.actor.role, permission) !== null;
  if (!may('requests.read')) {
    return (
      <PageFrame title="Requests">
        <NoPermissionState>Ask an admin what your role may see.</NoPermissionState>
      </PageFrame>
    );
  }
  const { show, kind, team } = await searchParams;
  const chosen = listRequestsSchema.parse({ show, kind: kind ?? null, teamId: team ?? null });
  const requests = await listRequests(context, chosen);
  const teams = await listTeams(context);
  const waiting = requests.filter(({ waitsForMe }) => waitsForMe).length;
  return (
    <PageFrame
      title="Requests"
      meta={
        waiting > 0 ? `${formatPlural(waiting, 'request')} ${waiting === 1 ? 'waits' : 'wait'} for you` : null
      }
      actions={
        <>
          {may('request-rules.write') ? <ButtonLink href="/settings/requests">Rules</ButtonLink> : null}
          {may('requests.create') ? (
            <ButtonLink href="/requests/new" variant="primary">
              Ask for something
            </ButtonLink>
          ) : null}
        </>
      }
    >
      <RequestFilters chosen={chosen} teams={teams.map(({ id, name }) => ({ id, name }))} />
      {requests.length > 0 ? (
        <RequestList requests={requests} now={context.now().getTime()} />
      ) : (
        <EmptyState title={emptyTitles[chosen.show]}>
          A higher limit, a new key, a key to be enabled or taken over: whoever leads a team asks, admins
          decide here.
        </EmptyState>
      )}
    </PageFrame>
  );
}
