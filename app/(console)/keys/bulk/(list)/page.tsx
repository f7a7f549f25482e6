import type { Metadata } from 'next';
import Link from 'next/link';
import { BulkRunList } from '@/components/keys/bulk/bulk-run-list';
import { PageFrame } from '@/components/layout/page-frame';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { listBulkRuns } from '@/lib/server/bulk/get-bulk-run';

export const metadata: Metadata = { title: 'Bulk changes' };

export default async function BulkRunsRoute() {
  const context = await requirePageContext();
  const isOpen = reachOf(context.actor.role, 'keys.update') !== null;
  return (
    <PageFrame
      title="Bulk changes"
      breadcrumb={
        <Link href="/keys" className="rounded-tag hover:underline">
          Keys
        </Link>
      }
    >
      {isOpen ? (
        <BulkRunList initial={await listBulkRuns(context)} now={context.now().getTime()} />
      ) : (
        <NoPermissionState>Admins change keys.</NoPermissionState>
      )}
    </PageFrame>
  );
}
