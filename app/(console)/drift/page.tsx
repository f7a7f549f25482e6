import type { Metadata } from 'next';
import { DriftPage } from '@/components/drift/drift-page';
import { PageFrame } from '@/components/layout/page-frame';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { listDrift } from '@/lib/server/drift/list-drift';

export const metadata: Metadata = { title: 'Drift' };

interface DriftRouteProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DriftRoute({ searchParams }: DriftRouteProps) {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'audit.read') === null) {
    return (
      <PageFrame title="Drift">
        <NoPermissionState>Admins and finance see what was changed outside.</NoPermissionState>
      </PageFrame>
    );
  }
  const isIgnored = (await searchParams).show === 'put-off';
  return (
    <DriftPage
      key={String(isIgnored)}
      initial={await listDrift(context, { isIgnored })}
      isIgnored={isIgnored}
      now={context.now().getTime()}
    />
  );
}
