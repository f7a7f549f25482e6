import type { Metadata } from 'next';
import Link from 'next/link';
import { PageFrame } from '@/components/layout/page-frame';
import { LeftPeople } from '@/components/teams/left-people';
import { EmptyState, NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { listAssignees } from '@/lib/server/keys/list-assignees';
import { listLeftPeople } from '@/lib/server/teams/list-left-people';
import { formatPlural } from '@/lib/utils/format-number';

const TITLE = 'Keys of people who left';

export const metadata: Metadata = { title: TITLE };

export default async function LeftPeoplePage() {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'keys.assign') === null) {
    return (
      <PageFrame title={TITLE}>
        <NoPermissionState>Admins give keys to their owners.</NoPermissionState>
      </PageFrame>
    );
  }
  const people = await listLeftPeople(context);
  const { owners } = await listAssignees(context);
  const count = people.reduce((sum, { keys }) => sum + keys.length, 0);
  return (
    <PageFrame
      title={TITLE}
      breadcrumb={
        <Link href="/teams" className="rounded-tag hover:underline">
          Teams
        </Link>
      }
      meta={
        count > 0
          ? `${formatPlural(count, 'key')} of ${formatPlural(people.length, 'person', 'people')}`
          : null
      }
    >
      {people.length > 0 ? (
        <LeftPeople people={people} owners={owners} now={context.now().getTime()} />
      ) : (
        <EmptyState title="Every key has somebody who is still here">
          When a person is disabled, or gone from the members of a connection’s account, the keys they made or
          owned are listed here for a new owner. Nothing is deleted with a person.
        </EmptyState>
      )}
    </PageFrame>
  );
}
