import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { SpendPage } from '@/components/spend/spend-page';
import { loadSpendParams, spendChoiceOf } from '@/components/spend/spend-params';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState, NoPermissionState } from '@/components/ui/states';
import { type PageContext, requirePageContext } from '@/lib/auth/require-page-context';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { getSpend } from '@/lib/server/spend/get-spend';
import { listSpendFilters } from '@/lib/server/spend/list-spend-filters';
import { toOutcome } from '@/lib/server/to-outcome';

export const metadata: Metadata = { title: 'Spend' };

type SpendRouteProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

function NothingYet({ context }: { context: PageContext }) {
  const canConnect = reachOf(context.actor.role, 'connections.write') !== null;
  return (
    <PageFrame title="Spend">
      <EmptyState
        title="No spend has been read yet"
        actions={
          canConnect ? (
            <ButtonLink href="/connections/new" variant="primary">
              Add a connection
            </ButtonLink>
          ) : null
        }
      >
        Once a connection is read, spend stands here by team, connection, key and model, day by day.
      </EmptyState>
    </PageFrame>
  );
}

export default async function SpendRoute({ searchParams }: SpendRouteProps) {
  const context = await requirePageContext();
  const may = (permission: Permission) => reachOf(context.actor.role, permission) !== null;
  if (!may('spend.read')) {
    return (
      <PageFrame title="Spend">
        <NoPermissionState>Admins, finance and team leads see what was spent.</NoPermissionState>
      </PageFrame>
    );
  }
  if (context.actor.role === 'lead' && context.actor.teamIds.length === 0) {
    return (
      <PageFrame title="Spend">
        <EmptyState title="You lead no team yet">
          Once an admin makes you the lead of a team, its spend stands here.
        </EmptyState>
      </PageFrame>
    );
  }
  const filters = await listSpendFilters(context);
  if (!filters.hasConnection && !filters.hasUsage) return <NothingYet context={context} />;
  const now = context.now();
  const { query } = spendChoiceOf(await loadSpendParams(searchParams), utcDayOf(now));
  const outcome = await toOutcome(context.requestId, () => getSpend(context, query));
  return (
    <SpendPage
      initial={outcome.ok ? { query, view: outcome.data } : null}
      connections={filters.connections}
      teams={filters.teams}
      canExport={may('spend.export')}
      now={now.getTime()}
    />
  );
}
