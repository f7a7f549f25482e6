'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False until scripts run: a form with a secret must not be sent by the browser itself. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
