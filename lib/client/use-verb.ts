'use client';

import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Outcome } from '@/lib/domain/outcome';
import { unwrap } from './outcome';

/**
 * Calls a verb, and asks again for all that it may have changed, also when it was refused or its answer was lost.
 * Input and answer are forgotten with the component that called: either may hold a secret.
 */
export function useVerb<Input, Result>(
  action: (input: Input) => Promise<Outcome<Result>>,
  mayChange: readonly QueryKey[],
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => unwrap(await action(input)),
    gcTime: 0,
    onSettled: () => Promise.all(mayChange.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
