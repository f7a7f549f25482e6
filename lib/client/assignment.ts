'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { applyRulesAction, saveRulesAction, tryRulesAction } from '@/lib/actions/assignment';
import { assignKeysAction } from '@/lib/actions/teams';
import type { Outcome } from '@/lib/domain/outcome';
import { unwrap } from './outcome';

/** Trying changes nothing. */
export function useTryRules() {
  return useMutation({
    mutationFn: async (input: Parameters<typeof tryRulesAction>[0]) => unwrap(await tryRulesAction(input)),
  });
}

/** The pages are drawn on the server: they are drawn anew, and the tables of keys are asked again. */
function useAssigning<Input, Result>(action: (input: Input) => Promise<Outcome<Result>>) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    onSettled: () => {
      router.refresh();
      return client.invalidateQueries({ predicate: ({ queryKey: [root] }) => root === 'keys' });
    },
  });
}

export const useSaveRules = () => useAssigning(saveRulesAction);
export const useApplyRules = () => useAssigning(applyRulesAction);
export const useGiveKeys = () => useAssigning(assignKeysAction);
