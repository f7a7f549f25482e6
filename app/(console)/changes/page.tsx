import type { Metadata } from 'next';
import { ChangesPage } from '@/components/changes/changes-page';
import { WaitingDeletions } from '@/components/keys/waiting-deletions';
import { PageFrame } from '@/components/layout/page-frame';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import { listOpenChanges } from '@/lib/server/changes/get-change';
import { listIncidents } from '@/lib/server/incidents/list-incidents';
import { getDeleteGrace } from '@/lib/server/keys/delete-grace';
import { listWaitingDeletions } from '@/lib/server/keys/list-waiting-deletions';

export const metadata: Metadata = { title: 'Changes' };

export default async function ChangesRoute() {
  const context = await requirePageContext();
  const may = (permission: Permission) => reachOf(context.actor.role, permission) !== null;
  if (!may('audit.read')) {
    return (
      <PageFrame title="Changes">
        <NoPermissionState>Admins and finance see what is being checked.</NoPermissionState>
      </PageFrame>
    );
  }
  return (
    <ChangesPage
      incidents={await listIncidents(context)}
      changes={await listOpenChanges(context)}
      can={{ decide: may('keys.delete'), resolve: may('keys.update') }}
      deletions={
        <WaitingDeletions
          initial={await listWaitingDeletions(context)}
          grace={await getDeleteGrace(context)}
          canDelete={may('keys.delete')}
          now={context.now().getTime()}
        />
      }
      now={context.now().getTime()}
    />
  );
}
