'use client';

import { useQuery } from '@tanstack/react-query';
import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { type InitialSpend, spendQuery } from '@/lib/client/spend';
import type { SpendView } from '@/lib/domain/spend/spend-view';
import { cn } from '@/lib/utils/cn';
import { SpendChart } from './spend-chart';
import { type SpendFilterOption, SpendFilters } from './spend-filters';
import { SpendHeadline } from './spend-headline';
import { SpendSkeleton } from './spend-skeleton';
import { SpendTable } from './spend-table';
import { SpendToolbar } from './spend-toolbar';
import { type SpendControls, useSpendChoice } from './use-spend-choice';

export interface SpendPageProps {
  initial: InitialSpend | null;
  connections: readonly SpendFilterOption[];
  teams: readonly SpendFilterOption[];
  canExport: boolean;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

function SpendFigures({ view, controls }: { view: SpendView; controls: SpendControls }) {
  return (
    <>
      <SpendHeadline view={view} />
      <SpendChart view={view} controls={controls} />
      {view.series.length > 0 ? (
        <SpendTable key={view.by} view={view} openKeysOf={controls.openKeysOf} />
      ) : (
        <EmptyState title="No spend on these days">
          {view.states.includes('m') || view.states.includes('p')
            ? 'Not all of these days were read: their spend is not known yet.'
            : 'Every one of these days was read. Choose other days, or fewer filters.'}
        </EmptyState>
      )}
    </>
  );
}

export function SpendPage({ initial, connections, teams, canExport, now }: SpendPageProps) {
  const controls = useSpendChoice(now);
  const { data, error, refetch, isPlaceholderData } = useQuery(spendQuery(controls.query, initial));
  const failure = error ? outcomeErrorOf(error) : null;
  const retry = <Button onClick={() => void refetch()}>Try again</Button>;
  return (
    <PageFrame title="Spend" actions={<SpendToolbar controls={controls} canExport={canExport} />}>
      <div className="-mt-1 flex flex-wrap gap-2 empty:hidden">
        <SpendFilters controls={controls} connections={connections} teams={teams} />
      </div>
      {failure && data ? (
        <Notice tone="warn" live="polite" title="These are the last figures that arrived." actions={retry}>
          {failure.message}
        </Notice>
      ) : null}
      {failure && !data ? (
        <ErrorState title="Spend could not be loaded" reference={failure.ref} actions={retry}>
          {failure.message}
        </ErrorState>
      ) : null}
      {data ? (
        <div
          aria-busy={isPlaceholderData}
          className={cn('flex min-w-0 flex-col gap-4', isPlaceholderData && 'opacity-60')}
        >
          <SpendFigures view={data} controls={controls} />
        </div>
      ) : null}
      {!data && !failure ? <SpendSkeleton /> : null}
    </PageFrame>
  );
}
