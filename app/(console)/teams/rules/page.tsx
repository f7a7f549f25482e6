import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { RulesPage } from '@/components/teams/rules/rules-page';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { listAssignmentRules } from '@/lib/server/assignment/list-assignment-rules';

export const metadata: Metadata = { title: 'Assignment rules' };

export default async function AssignmentRulesPage() {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'keys.assign') === null) {
    return (
      <PageFrame title="Assignment rules">
        <NoPermissionState>Admins decide which team and owner new keys get.</NoPermissionState>
      </PageFrame>
    );
  }
  return <RulesPage view={await listAssignmentRules(context)} />;
}
