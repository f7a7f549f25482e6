import type { Metadata } from 'next';
import { ConnectionList } from '@/components/connections/connection-list';
import { RotationPolicyPanel } from '@/components/keys/rotation/rotation-policy-panel';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { listConnections } from '@/lib/server/connections/list-connections';
import { getRotationPolicy } from '@/lib/server/rotation/rotation-policy';
import { ConnectionsClosed } from '../connections-closed';

export const metadata: Metadata = { title: 'Connections' };

export default async function ConnectionsPage() {
  const context = await requirePageContext();
  const { role } = context.actor;
  if (reachOf(role, 'connections.read') === null) return <ConnectionsClosed />;
  return (
    <ConnectionList
      initial={await listConnections(context)}
      canWrite={reachOf(role, 'connections.write') !== null}
      canRead={reachOf(role, 'reads.start') !== null}
      now={context.now().getTime()}
      settings={
        <RotationPolicyPanel
          policy={await getRotationPolicy(context)}
          canWrite={reachOf(role, 'keys.delete') !== null}
        />
      }
    />
  );
}
