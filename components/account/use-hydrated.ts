'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => {};

/** False in the server's page and until React has taken it over: a form sent before that would lose its errors. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
