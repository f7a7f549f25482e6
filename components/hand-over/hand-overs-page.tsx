'use client';

import { useQuery } from '@tanstack/react-query';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { EmptyState } from '@/components/ui/states';
import { handOversQuery } from '@/lib/client/hand-over';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { HandOverView } from '@/lib/domain/hand-over/hand-over-view';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';
import { HandOverList } from './hand-over-list';

interface HandOversPageProps {
  /** What the server drew the page with, newest first. */
  initial: readonly HandOverView[];
  canWithdraw: boolean;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

function metaText(views: readonly HandOverView[]): string {
  const waiting = views.filter(({ state }) => state === 'waiting').length;
  return waiting === 0 ? 'No secret waits to be picked up' : `${formatPlural(waiting, 'secret')} waiting`;
}

/** Every sealed secret that was sent: still waiting, picked up when and by whom, or never. */
export function HandOversPage({ initial, canWithdraw, now }: HandOversPageProps) {
  const { data: views, error } = useQuery({
    ...handOversQuery(),
    initialData: initial,
    initialDataUpdatedAt: now,
  });
  return (
    <PageFrame title="Hand-overs" meta={metaText(views)}>
      {error ? (
        <Notice tone="warn" live="polite" title="This page could not be refreshed.">
          {outcomeErrorOf(error).message} What you see is from {formatDateTime(now)}.
        </Notice>
      ) : null}
      {views.length === 0 ? (
        <EmptyState
          title="No secret was handed over yet"
          actions={<ButtonLink href="/keys?create=1">Create key</ButtonLink>}
        >
          Create a key for someone else and choose to hand its secret over: whether it was picked up stands
          here.
        </EmptyState>
      ) : (
        <HandOverList initial={views} canWithdraw={canWithdraw} now={now} />
      )}
    </PageFrame>
  );
}
