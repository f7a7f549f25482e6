'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { DifferenceList } from '@/components/ui/difference-list';
import { RelativeTime } from '@/components/ui/relative-time';
import type { IncidentView } from '@/lib/domain/changes/incident';
import { readIncidentFacts } from './incident-facts';
import { LostCreate } from './lost-create';
import { ResolveForm } from './resolve-form';

export type IncidentAbilities = {
  /** May say which key came from a lost create. */
  readonly decide: boolean;
  /** May close an incident. */
  readonly resolve: boolean;
};

interface IncidentProps {
  incident: IncidentView;
  can: IncidentAbilities;
  now: number;
}

function Where({ incident, now }: Omit<IncidentProps, 'can'>) {
  const { keyId, keyName, connectionName, openedAt } = incident;
  return (
    <p className="text-muted text-xs">
      {keyId === null ? null : (
        <>
          <Link href={`/keys/${keyId}`} prefetch={false} className="rounded-tag text-accent hover:underline">
            {keyName ?? 'Its key'}
          </Link>
          {' · '}
        </>
      )}
      {connectionName ? `${connectionName} · ` : null}
      <RelativeTime at={openedAt} now={now} />
    </p>
  );
}

function OpenIncident({ incident, can, now }: IncidentProps) {
  const { why, items, candidates } = readIncidentFacts(incident);
  const { changeId } = incident;
  const isLostCreate = incident.kind === 'create_ambiguous' && changeId !== null;
  return (
    <li id={incident.id} className="flex scroll-mt-4 flex-col gap-2 px-3.5 py-3 target:bg-warn-soft/40">
      <div>
        <h3 className="font-semibold [overflow-wrap:anywhere]">{incident.title}</h3>
        <Where incident={incident} now={now} />
      </div>
      {why ? <p>{why}</p> : null}
      <DifferenceList items={items} className="text-sm" />
      {isLostCreate ? (
        <LostCreate incident={incident} changeId={changeId} candidates={candidates} canDecide={can.decide} />
      ) : can.resolve ? (
        <ResolveForm incidentId={incident.id} />
      ) : null}
    </li>
  );
}

interface IncidentListProps {
  incidents: readonly IncidentView[];
  can: IncidentAbilities;
  now: number;
}

/** What a machine could not settle, with what is known and the ways to answer. */
export function OpenIncidents({ incidents, can, now }: IncidentListProps) {
  return (
    <ul className="divide-y divide-line rounded-panel border border-line bg-panel">
      {incidents.map((incident) => (
        <OpenIncident key={incident.id} incident={incident} can={can} now={now} />
      ))}
    </ul>
  );
}

/** What was answered lately, by whom and how. */
export function ClosedIncidents({ incidents, now }: Omit<IncidentListProps, 'can'>) {
  return (
    <ul className="divide-y divide-line rounded-panel border border-line bg-panel">
      {incidents.map((incident) => (
        <li key={incident.id} id={incident.id} className="px-3.5 py-2.5">
          <p className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 [overflow-wrap:anywhere]">{incident.title}</span>
            <Badge tone="ok">Closed</Badge>
          </p>
          <p className="text-muted text-xs [overflow-wrap:anywhere]">
            {incident.resolvedByName ?? 'Keyward itself'}
            {incident.resolvedAt ? (
              <>
                , <RelativeTime at={incident.resolvedAt} now={now} />
              </>
            ) : null}
            : {incident.resolution}
          </p>
        </li>
      ))}
    </ul>
  );
}
