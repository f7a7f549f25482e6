import type { Metadata } from 'next';
import Link from 'next/link';
import { ConnectionForm } from '@/components/connections/connection-form';
import { PageFrame } from '@/components/layout/page-frame';
import { Notice } from '@/components/ui/notice';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { listConnections } from '@/lib/server/connections/list-connections';
import { ConnectionsClosed } from '../connections-closed';

export const metadata: Metadata = { title: 'Add connection' };

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export default async function NewConnectionPage({ searchParams }: { searchParams: SearchParams }) {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'connections.write') === null) {
    return <ConnectionsClosed title="Add connection">Only admins add connections.</ConnectionsClosed>;
  }
  const { first } = await searchParams;
  const takenNames = (await listConnections(context)).map(({ name }) => name);
  return (
    <PageFrame
      title="Add connection"
      breadcrumb={
        <Link href="/connections" className="hover:underline">
          Connections
        </Link>
      }
    >
      {first === '1' ? (
        <Notice title={`Welcome, ${context.actor.name}. You are the first admin.`}>
          Connect your first provider here: its keys and their spend then appear within a minute or so. You
          can also do it later.
        </Notice>
      ) : null}
      <ConnectionForm takenNames={takenNames} />
    </PageFrame>
  );
}
