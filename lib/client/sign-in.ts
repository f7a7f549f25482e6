'use client';

import { useMutation } from '@tanstack/react-query';
import { signInWithPassword, startSingleSignOn } from '@/lib/auth/client';
import type { SignInInput } from '@/lib/domain/people/sign-in-input';

/**
 * Loads a page afresh, so that nothing of the former person stays in memory. Where one stands already the page is
 * reloaded as it is, its fragment included: that may hold the key of a link, and is stored nowhere else.
 */
export function goTo(path: string): void {
  const { pathname, search } = window.location;
  if (path === `${pathname}${search}`) window.location.reload();
  else window.location.assign(path);
}

/** Signs in and goes on to `next`, or to the sign-in page where that is refused. */
export async function signInOrAsk(input: SignInInput, next: string): Promise<void> {
  const refusal = await signInWithPassword(input);
  goTo(refusal === null ? next : '/sign-in');
}

/** Signs in and goes on to `next`; answers why not otherwise. */
export function useSignIn(next: string) {
  return useMutation({
    mutationFn: async (input: SignInInput) => {
      const refusal = await signInWithPassword(input);
      if (refusal === null) goTo(next);
      return refusal;
    },
    gcTime: 0,
  });
}

/** Goes on to the organisation's sign-in service. */
export function useSingleSignOn(next: string) {
  return useMutation({ mutationFn: async () => goTo(await startSingleSignOn(next)), gcTime: 0 });
}
