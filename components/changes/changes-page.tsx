'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Notice } from '@/components/ui/notice';
import { openChangesQuery } from '@/lib/client/changes';
import { incidentsQuery } from '@/lib/client/incidents';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { ChangeView } from '@/lib/domain/changes/change-view';
import type { IncidentView } from '@/lib/domain/changes/incident';
import { ClosedIncidents, type IncidentAbilities, OpenIncidents } from './incident-list';
import { OpenChangeList } from './open-change-list';

const CLOSED_SHOWN = 20;

interface ChangesPageProps {
  /** What the server drew the page with. */
  incidents: readonly IncidentView[];
  changes: readonly ChangeView[];
  can: IncidentAbilities;
  /** Keys that wait to be deleted. */
  deletions: ReactNode;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

function Part({ title, nothing, children }: { title: string; nothing: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <h2 id={id} className="font-semibold text-base">
        {title}
      </h2>
      {children ?? (
        <p className="rounded-panel border border-line bg-panel px-3.5 py-3 text-muted">{nothing}</p>
      )}
    </section>
  );
}

/** What has no certain outcome, and what only a person can settle. */
export function ChangesPage({ incidents, changes, can, deletions, now }: ChangesPageProps) {
  const initial = { initialDataUpdatedAt: now } as const;
  const asked = useQuery({ ...incidentsQuery, ...initial, initialData: incidents });
  const open = useQuery({ ...openChangesQuery(), ...initial, initialData: changes });
  const waiting = asked.data.filter(({ resolvedAt }) => resolvedAt === null);
  const closed = asked.data.filter(({ resolvedAt }) => resolvedAt !== null).slice(0, CLOSED_SHOWN);
  const error = asked.error ?? open.error;
  return (
    <PageFrame title="Changes" meta="What has no certain outcome, and what only a person can settle">
      {error ? (
        <Notice tone="warn" live="polite" title="This page could not be refreshed.">
          {outcomeErrorOf(error).message}
        </Notice>
      ) : null}
      <Part title="Asks a person" nothing="Nothing asks you.">
        {waiting.length > 0 ? <OpenIncidents incidents={waiting} can={can} now={now} /> : null}
      </Part>
      <Part title="Under way or being checked" nothing="Every change has its outcome.">
        {open.data.length > 0 ? <OpenChangeList changes={open.data} now={now} /> : null}
      </Part>
      {deletions}
      {closed.length > 0 ? (
        <Part title="Closed lately" nothing="">
          <ClosedIncidents incidents={closed} now={now} />
        </Part>
      ) : null}
    </PageFrame>
  );
}
