'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useEffect } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { RelativeTime } from '@/components/ui/relative-time';
import { Segmented } from '@/components/ui/segmented';
import { bulkRunQuery } from '@/lib/client/bulk';
import { assigneesQuery } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { type BulkRunView, bulkItemStates, isBulkRunMoving } from '@/lib/domain/bulk/bulk-view';
import { formatCount } from '@/lib/utils/format-number';
import { BulkRunActions } from './bulk-run-actions';
import { bulkRunParams } from './bulk-run-params';
import { BulkRunRows } from './bulk-run-rows';
import { bulkCountsText, bulkItemWords, bulkProgress, bulkRunStateWords, bulkRunTitle } from './bulk-words';

const linkClasses = 'rounded-tag underline decoration-line-strong underline-offset-2 hover:decoration-ink';

interface BulkRunPageProps {
  /** What the server drew the page with: the first page of all keys. */
  initial: BulkRunView;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

function useBulkRun({ initial, now }: BulkRunPageProps) {
  const client = useQueryClient();
  const [params, setParams] = useQueryStates(bulkRunParams, { history: 'replace', scroll: false });
  const isFirst = params.page === 1 && params.state === null;
  const query = useQuery({
    ...bulkRunQuery(initial.id, params.page, params.state),
    ...(isFirst ? { initialData: initial, initialDataUpdatedAt: now } : {}),
    placeholderData: (before: BulkRunView | undefined) => before ?? initial,
  });
  const run = query.data ?? initial;
  const isMoving = isBulkRunMoving(run);
  useEffect(() => {
    // What the run did shows in the key table as soon as it rests.
    if (!isMoving) void client.invalidateQueries({ queryKey: ['keys'] });
  }, [client, isMoving]);
  return { run, isOld: query.isPlaceholderData, error: query.error, params, setParams };
}

function Origin({ run, now }: { run: BulkRunView; now: number }) {
  const from = run.undoesRunId ?? run.retriesRunId;
  return (
    <p className="text-muted text-sm">
      {run.createdByName} started it <RelativeTime at={run.createdAt} now={now} />
      {run.finishedAt ? (
        <>
          {' '}
          and it ended <RelativeTime at={run.finishedAt} now={now} />
        </>
      ) : null}
      .{run.reason ? ` “${run.reason}”` : ''}
      {from ? (
        <>
          {' '}
          {run.undoesRunId ? 'It puts back' : 'It tries the rest of'}{' '}
          <Link href={`/keys/bulk/${from}`} prefetch={false} className={linkClasses}>
            an earlier change
          </Link>
          .
        </>
      ) : null}
    </p>
  );
}

function Standing({ run }: { run: BulkRunView }) {
  const { counts, state } = run;
  if (state === 'running') {
    return (
      <Notice>
        It goes on by itself, also when this page is closed or Keyward is started anew, at the pace that the
        providers allow.
      </Notice>
    );
  }
  if (state === 'paused') {
    return (
      <Notice tone="warn" title="It is paused.">
        {formatCount(counts.waiting)} wait until it is resumed. What had begun is finished.
      </Notice>
    );
  }
  if (counts.sent + counts.unknown > 0) {
    return (
      <Notice tone="warn" title="Some outcomes are still being checked.">
        Keyward looks at the provider until it knows.
      </Notice>
    );
  }
  if (counts.refused === 0) return null;
  return (
    <Notice tone="bad" title={`${formatCount(counts.refused)} refused.`}>
      The reasons stand beside the keys. Nothing was changed on these.
    </Notice>
  );
}

/** A bulk change: how far it is, what became of each key, and what can be done with it. */
export function BulkRunPage(props: BulkRunPageProps) {
  const { run, isOld, error, params, setParams } = useBulkRun(props);
  const { data: people } = useQuery(assigneesQuery);
  const { done, all, share } = bulkProgress(run);
  const state = bulkRunStateWords[run.state];
  const states = bulkItemStates.filter((item) => run.counts[item] > 0);
  return (
    <PageFrame
      title={bulkRunTitle(run)}
      breadcrumb={
        <>
          <Link href="/keys" className="rounded-tag hover:underline">
            Keys
          </Link>
          {' / '}
          <Link href="/keys/bulk" className="rounded-tag hover:underline">
            Bulk changes
          </Link>
        </>
      }
      meta={<Badge tone={state.tone}>{state.label}</Badge>}
      actions={<BulkRunActions run={run} />}
    >
      <Origin run={run} now={props.now} />
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Progress
          label="Keys with an outcome"
          value={share}
          valueText={`${formatCount(done)} of ${formatCount(all)}`}
        />
        <span role="status" className="text-sm">
          {bulkCountsText(run)}
        </span>
      </div>
      <Standing run={run} />
      {error ? (
        <Notice tone="warn" live="polite" title="This page could not be refreshed.">
          {outcomeErrorOf(error).message}
        </Notice>
      ) : null}
      <Segmented
        aria-label="Which keys are shown"
        value={params.state ?? 'all'}
        onValueChange={(wanted) => void setParams({ state: wanted === 'all' ? null : wanted, page: null })}
        options={[
          { value: 'all', label: `All ${formatCount(run.total)}` },
          ...states.map((value) => ({
            value,
            label: `${bulkItemWords[value].label} ${formatCount(run.counts[value])}`,
          })),
        ]}
      />
      <BulkRunRows rows={run.rows} people={people} isOld={isOld} />
      {run.pages > 1 ? (
        <nav aria-label="Pages of keys" className="flex items-center justify-end gap-2 text-sm">
          <span className="text-muted">
            Page {formatCount(run.page)} of {formatCount(run.pages)}
          </span>
          <Button disabled={run.page <= 1} onClick={() => void setParams({ page: run.page - 1 })}>
            Previous
          </Button>
          <Button disabled={run.page >= run.pages} onClick={() => void setParams({ page: run.page + 1 })}>
            Next
          </Button>
        </nav>
      ) : null}
    </PageFrame>
  );
}
