'use client';

import { useSyncExternalStore } from 'react';
import { linkTokenSchema } from '@/lib/domain/people/one-time-link';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/**
 * The key in the link's fragment, read where it stands: it is kept in no storage and is in no request line.
 * Null where the link is not complete; undefined in the server's page, which never sees a fragment.
 */
export function useLinkKey(): string | null | undefined {
  const hash = useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => undefined,
  );
  if (hash === undefined) return undefined;
  const parsed = linkTokenSchema.safeParse(hash.slice(1));
  return parsed.success ? parsed.data : null;
}

/** Takes the fragment out of the address and of this entry of the history, once it opens nothing any more. */
export function forgetLinkKey(): void {
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}`);
}
