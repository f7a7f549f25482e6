'use client';

import { queryOptions } from '@tanstack/react-query';
import { resolveIncidentAction } from '@/lib/actions/incidents';
import type { IncidentView } from '@/lib/domain/changes/incident';
import { fetchOutcome } from './outcome';
import { useVerb } from './use-verb';

/** What asks a person, and what was answered lately; newest first. */
export const incidentsQuery = queryOptions({
  queryKey: ['incidents'],
  queryFn: ({ signal }) => fetchOutcome<readonly IncidentView[]>('/api/incidents', signal),
  refetchInterval: 20_000,
});

export const useResolveIncident = () => useVerb(resolveIncidentAction, [['incidents']]);
