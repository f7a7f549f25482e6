'use client';

import { useSyncExternalStore } from 'react';

let kept: MediaQueryList | undefined;

/** One list for all: asking anew lays the page out. */
function media(): MediaQueryList {
  kept ??= window.matchMedia('(max-width: 767px)');
  return kept;
}

function subscribe(listener: () => void): () => void {
  media().addEventListener('change', listener);
  return () => media().removeEventListener('change', listener);
}

/** Whether rows become cards. False on the server, which draws no rows. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => media().matches,
    () => false,
  );
}
