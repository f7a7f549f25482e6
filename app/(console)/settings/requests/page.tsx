import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { RulesPage } from '@/components/requests/settings/rules-page';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { getRequestRules, listPastChanges } from '@/lib/server/requests/get-request-rules';

export const metadata: Metadata = { title: 'Rules of asking' };

export default async function RequestRulesRoute() {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'request-rules.write') === null) {
    return (
      <PageFrame title="Rules of asking">
        <NoPermissionState>Admins set who must agree to what.</NoPermissionState>
      </PageFrame>
    );
  }
  return <RulesPage rules={await getRequestRules(context)} past={await listPastChanges(context)} />;
}
