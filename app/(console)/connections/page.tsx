import type { Metadata } from 'next';
import { ConnectionList } from '@/components/connections/connection-list';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { listConnections } from '@/lib/server/connections/list-connections';
import { formatPlural } from '@/lib/utils/format-number';
import { ConnectionsClosed } from './connections-closed';

export const metadata: Metadata = { title: 'Connections' };

export default async function ConnectionsPage() {
  const context = await requirePageContext();
  const { role } = context.actor;
  if (reachOf(role, 'connections.read') === null) return <ConnectionsClosed />;
  const connections = await listConnections(context);
  const canWrite = reachOf(role, 'connections.write') !== null;
  const keyCount = connections.reduce((sum, { keyCount }) => sum + keyCount, 0);
  return (
    <PageFrame
      title="Connections"
      meta={
        connections.length === 0
          ? undefined
          : `${formatPlural(connections.length, 'connection')} · ${formatPlural(keyCount, 'key')}`
      }
      actions={
        canWrite && connections.length > 0 ? (
          <ButtonLink variant="primary" href="/connections/new">
            Add connection
          </ButtonLink>
        ) : undefined
      }
    >
      <ConnectionList
        initial={connections}
        canWrite={canWrite}
        canRead={reachOf(role, 'reads.start') !== null}
        now={context.now().getTime()}
      />
    </PageFrame>
  );
}
