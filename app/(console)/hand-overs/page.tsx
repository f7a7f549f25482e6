import type { Metadata } from 'next';
import { HandOversPage } from '@/components/hand-over/hand-overs-page';
import { PageFrame } from '@/components/layout/page-frame';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import { listHandOvers } from '@/lib/server/hand-over/list-hand-overs';

export const metadata: Metadata = { title: 'Hand-overs' };

export default async function HandOversRoute() {
  const context = await requirePageContext();
  const may = (permission: Permission) => reachOf(context.actor.role, permission) !== null;
  if (!may('keys.create')) {
    return (
      <PageFrame title="Hand-overs">
        <NoPermissionState>
          Whoever creates keys sees here whether their secrets were picked up.
        </NoPermissionState>
      </PageFrame>
    );
  }
  return (
    <HandOversPage
      initial={await listHandOvers(context)}
      canWithdraw={may('keys.update')}
      now={context.now().getTime()}
    />
  );
}
