'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useEffect } from 'react';

const asked = parseAsString.withOptions({ history: 'replace', scroll: false });

/** Runs `open` when the address asks for it, as the palette's commands do; the address then forgets it. */
export function useAskedFor(name: string, isReady: boolean, open: () => void): void {
  const [wish, setWish] = useQueryState(name, asked);
  useEffect(() => {
    if (wish === null || !isReady) return;
    void setWish(null);
    open();
  }, [wish, isReady, open, setWish]);
}
