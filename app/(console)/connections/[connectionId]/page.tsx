import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ConnectionDetail } from '@/components/connections/connection-detail';
import { requireFound } from '@/lib/auth/require-found';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { connectionIdTextSchema } from '@/lib/domain/connections/connection-input';
import { reachOf } from '@/lib/domain/people/permission';
import { listConnectionReads } from '@/lib/server/connections/list-connection-reads';
import { listConnections } from '@/lib/server/connections/list-connections';
import { requireConnection } from '@/lib/server/connections/require-connection';
import { ConnectionsClosed } from '../connections-closed';

type Params = { params: Promise<{ connectionId: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { connectionId } = await params;
  await requireFound('connections.read', (context) => requireConnection(context, connectionId));
  return { title: 'Connection' };
}

export default async function ConnectionPage({ params }: Params) {
  const context = await requirePageContext();
  const { role } = context.actor;
  if (reachOf(role, 'connections.read') === null) return <ConnectionsClosed title="Connection" />;
  const id = connectionIdTextSchema.safeParse((await params).connectionId);
  if (!id.success) notFound();
  const connection = (await listConnections(context)).find((item) => item.id === id.data);
  if (!connection) notFound();
  return (
    <ConnectionDetail
      key={connection.id}
      initial={connection}
      initialReads={await listConnectionReads(context, connection.id)}
      canWrite={reachOf(role, 'connections.write') !== null}
      canRead={reachOf(role, 'reads.start') !== null}
      now={context.now().getTime()}
    />
  );
}
