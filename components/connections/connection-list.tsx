'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/states';
import { Table, TBody, THead, Th, Tr } from '@/components/ui/table';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { connectionsQuery } from '@/lib/client/connections';
import { freshnessQuery, withFreshness } from '@/lib/client/reads';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import { formatPlural } from '@/lib/utils/format-number';
import { ConnectionTableRow } from './connection-table-row';

interface ConnectionListProps {
  initial: readonly ConnectionView[];
  canWrite: boolean;
  canRead: boolean;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
  /** What is set for the keys of all connections, under the list. */
  settings?: ReactNode;
}

/** Every connection with its reads, live; the first step where there is none. */
export function ConnectionList({ initial, canWrite, canRead, now, settings }: ConnectionListProps) {
  const { data: connections } = useQuery({
    ...connectionsQuery,
    initialData: initial,
    initialDataUpdatedAt: now,
  });
  const { data: freshness } = useQuery(freshnessQuery);
  if (connections.length === 0) {
    return (
      <PageFrame title="Connections">
        <NoConnections canWrite={canWrite} />
      </PageFrame>
    );
  }
  const keyCount = connections.reduce((sum, connection) => sum + connection.keyCount, 0);
  return (
    <PageFrame
      title="Connections"
      meta={`${formatPlural(connections.length, 'connection')} · ${formatPlural(keyCount, 'key')}`}
      actions={
        canWrite ? (
          <ButtonLink variant="primary" href="/connections/new">
            Add connection
          </ButtonLink>
        ) : undefined
      }
    >
      <Table cards aria-label="Connections">
        <THead>
          <Tr>
            <Th>Connection</Th>
            <Th>State</Th>
            <Th align="right">Keys</Th>
            <Th align="right">Balance</Th>
            <Th>Management key</Th>
            <Th>Last reads</Th>
            <Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Th>
          </Tr>
        </THead>
        <TBody>
          {connections.map((connection) => (
            <ConnectionTableRow
              key={connection.id}
              connection={withFreshness(connection, freshness)}
              canRead={canRead}
              now={now}
            />
          ))}
        </TBody>
      </Table>
      {settings}
    </PageFrame>
  );
}

function NoConnections({ canWrite }: { canWrite: boolean }) {
  return (
    <EmptyState
      title="No connections yet"
      actions={
        canWrite ? (
          <ButtonLink variant="primary" href="/connections/new">
            Add a connection
          </ButtonLink>
        ) : undefined
      }
    >
      A connection is one account at a provider, reached with its management key. Its keys and their spend
      appear here once it is read.
      {canWrite ? null : (
        <>
          {' '}
          An admin adds the first one; who that is stands under <Link href="/members">Members</Link>.
        </>
      )}
    </EmptyState>
  );
}
