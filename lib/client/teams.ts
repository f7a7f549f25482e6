'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import {
  archiveTeamAction,
  createTeamAction,
  setTeamMemberAction,
  updateTeamAction,
} from '@/lib/actions/teams';
import type { Outcome } from '@/lib/domain/outcome';
import type { TeamCandidate } from '@/lib/domain/teams/team-page';
import { fetchOutcome, unwrap } from './outcome';

/** Who can still be put into a team. */
export function teamCandidatesQuery(teamId: number) {
  return queryOptions({
    queryKey: ['teams', 'candidates', teamId],
    queryFn: ({ signal }) =>
      fetchOutcome<readonly TeamCandidate[]>(`/api/teams/${teamId}/candidates`, signal),
    staleTime: 0,
  });
}

/** The pages of teams are drawn on the server: they are drawn anew, and all that names teams is asked again. */
function useTeamMutation<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    onSettled: () => {
      router.refresh();
      return client.invalidateQueries({
        predicate: ({ queryKey: [root] }) => root === 'teams' || root === 'keys' || root === 'assignees',
      });
    },
  });
}

export const useCreateTeam = () => useTeamMutation(createTeamAction);
export const useUpdateTeam = () => useTeamMutation(updateTeamAction);
export const useArchiveTeam = () => useTeamMutation(archiveTeamAction);
export const useSetTeamMember = () => useTeamMutation(setTeamMemberAction);
