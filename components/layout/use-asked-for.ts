'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';

/** Runs `open` when the address asks for it, as the palette's commands do; the address then forgets it. */
export function useAskedFor(name: string, isReady: boolean, open: () => void): void {
  const isAsked = useSearchParams().has(name);
  useEffect(() => {
    if (!isAsked || !isReady) return;
    const address = new URL(window.location.href);
    address.searchParams.delete(name);
    window.history.replaceState(null, '', address);
    open();
  }, [isAsked, isReady, open, name]);
}
