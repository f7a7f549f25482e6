'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => {};

/** False in the server’s page and until React has taken it over: what is sent or pressed before that gets lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
