'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { bulkRunsQuery } from '@/lib/client/bulk';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { BulkRunSummary } from '@/lib/domain/bulk/bulk-view';
import { formatCount } from '@/lib/utils/format-number';
import { bulkCountsText, bulkProgress, bulkRunStateWords, bulkRunTitle } from './bulk-words';

interface BulkRunListProps {
  /** What the server drew the page with. */
  initial: readonly BulkRunSummary[];
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

function RunRow({ run, now }: { run: BulkRunSummary; now: number }) {
  const state = bulkRunStateWords[run.state];
  const { done, all, share } = bulkProgress(run);
  return (
    <Tr>
      <Td label="Change">
        <div className="min-w-0 leading-[17px]">
          <Link
            href={`/keys/bulk/${run.id}`}
            prefetch={false}
            className="rounded-tag font-semibold hover:underline"
          >
            {bulkRunTitle(run)}
          </Link>
          {run.reason ? <span className="block text-muted text-xs">{run.reason}</span> : null}
        </div>
      </Td>
      <Td label="State">
        <Badge tone={state.tone}>{state.label}</Badge>
      </Td>
      <Td label="Progress">
        <Progress
          label={`Keys with an outcome: ${bulkRunTitle(run)}`}
          value={share}
          valueText={`${formatCount(done)} of ${formatCount(all)}`}
        />
      </Td>
      <Td label="Outcome" className="text-muted">
        {bulkCountsText(run)}
      </Td>
      <Td label="Started">
        <div className="leading-[17px] max-sm:text-right">
          {run.createdByName}
          <RelativeTime at={run.createdAt} now={now} className="block text-muted text-xs" />
        </div>
      </Td>
    </Tr>
  );
}

/** The latest bulk changes, newest first. */
export function BulkRunList({ initial, now }: BulkRunListProps) {
  const { data: runs, error } = useQuery({
    ...bulkRunsQuery,
    initialData: initial,
    initialDataUpdatedAt: now,
  });
  if (runs.length === 0) {
    return (
      <EmptyState title="No bulk changes yet" actions={<ButtonLink href="/keys">Show keys</ButtonLink>}>
        Select several keys in the table to change them at once. What became of each stands here.
      </EmptyState>
    );
  }
  return (
    <>
      {error ? (
        <Notice tone="warn" live="polite" title="This page could not be refreshed.">
          {outcomeErrorOf(error).message}
        </Notice>
      ) : null}
      <Table aria-label="Bulk changes, newest first" cards>
        <THead>
          <Tr>
            <Th>Change</Th>
            <Th>State</Th>
            <Th>Progress</Th>
            <Th>Outcome</Th>
            <Th>Started</Th>
          </Tr>
        </THead>
        <TBody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} now={now} />
          ))}
        </TBody>
      </Table>
    </>
  );
}
