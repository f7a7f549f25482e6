'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { PageFrame, Panel } from '@/components/layout/page-frame';
import { ProviderMark } from '@/components/layout/provider-mark';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { EmptyState } from '@/components/ui/states';
import { connectionsQuery } from '@/lib/client/connections';
import { freshnessQuery, withFreshness } from '@/lib/client/reads';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import { generationWords, providerWords } from '@/lib/domain/connections/provider-kind';
import type { ReadHistoryView } from '@/lib/domain/connections/read-history';
import { CapabilityMatrix } from './capability-matrix';
import { ConnectionActions } from './connection-actions';
import { ConnectionContainers } from './connection-containers';
import { ConnectionFacts } from './connection-facts';
import { ConnectionReads } from './connection-reads';
import { ReadButton } from './read-button';

interface ConnectionDetailProps {
  initial: ConnectionView;
  initialReads: readonly ReadHistoryView[];
  canWrite: boolean;
  canRead: boolean;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

export function ConnectionDetail({ initial, initialReads, canWrite, canRead, now }: ConnectionDetailProps) {
  const { data: all, isStale, isFetching } = useQuery(connectionsQuery);
  const { data: freshness } = useQuery(freshnessQuery);
  const known = all?.find((item) => item.id === initial.id);
  // A list that never had it may be older than the connection.
  const [wasListed, setWasListed] = useState(false);
  if (known && !wasListed) setWasListed(true);
  if (all && !known && (wasListed || (!isStale && !isFetching)))
    return <RemovedMeanwhile name={initial.name} />;
  const connection = withFreshness(known ?? initial, freshness);
  const provider = providerWords[connection.provider];
  const meta = [provider.name, generationWords[connection.generation], connection.accountName];
  return (
    <PageFrame
      breadcrumb={
        <Link href="/connections" className="hover:underline">
          Connections
        </Link>
      }
      title={
        <span className="inline-flex min-w-0 items-center gap-2.5">
          <ProviderMark initial={provider.initial} size="md" />
          {connection.name}
        </span>
      }
      meta={meta.filter(Boolean).join(' · ')}
      actions={
        <>
          {canRead ? <ReadButton connection={connection} size="md" /> : null}
          {canWrite ? <ConnectionActions connection={connection} /> : null}
        </>
      }
    >
      {connection.state === 'paused' ? (
        <Notice tone="warn" title="Paused.">
          Nothing is read or changed through this connection. Its keys at {provider.name} go on working.
        </Notice>
      ) : null}
      <div className="grid grid-cols-2 items-start gap-4 max-lg:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4">
          <ConnectionFacts connection={connection} now={now} />
          <ConnectionReads connection={connection} initial={initialReads} now={now} />
          <ConnectionContainers connection={connection} />
        </div>
        <Panel className="px-0 pb-1">
          <h2 className="mb-1 px-4 font-semibold text-base">What can be done here</h2>
          <p className="mb-2 px-4 text-muted text-xs">
            {provider.name}, {generationWords[connection.generation].toLowerCase().replace('api', 'API')}.
            What is missing is missing at the provider.
          </p>
          <CapabilityMatrix
            capabilities={connection.capabilities}
            caption={`What can be done through ${connection.name}`}
          />
        </Panel>
      </div>
    </PageFrame>
  );
}

function RemovedMeanwhile({ name }: { name: string }) {
  return (
    <PageFrame title={name}>
      <EmptyState
        title="This connection was removed"
        actions={<ButtonLink href="/connections">See all connections</ButtonLink>}
      >
        What it read stays in the history of keys and spend. Who removed it stands in the audit log.
      </EmptyState>
    </PageFrame>
  );
}
