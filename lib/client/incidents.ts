'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { resolveIncidentAction } from '@/lib/actions/incidents';
import type { IncidentView } from '@/lib/domain/changes/incident';
import { fetchOutcome, unwrap } from './outcome';

/** What asks a person, and what was answered lately; newest first. */
export const incidentsQuery = queryOptions({
  queryKey: ['incidents'],
  queryFn: ({ signal }) => fetchOutcome<readonly IncidentView[]>('/api/incidents', signal),
  refetchInterval: 20_000,
});

export function useResolveIncident() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Parameters<typeof resolveIncidentAction>[0]) =>
      unwrap(await resolveIncidentAction(input)),
    onSettled: () => client.invalidateQueries({ queryKey: ['incidents'] }),
  });
}
