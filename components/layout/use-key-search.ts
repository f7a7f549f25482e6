'use client';

import { useEffect, useState } from 'react';
import type { CommandSources, PaletteKeyResult } from './command-types';

export interface KeySearch {
  results: readonly PaletteKeyResult[];
  state: 'idle' | 'searching' | 'done' | 'failed';
}

const IDLE: KeySearch = { results: [], state: 'idle' };
const PAUSE_MS = 120;

/** Asks for keys after a short pause in typing; an answer to an older question is dropped. */
export function useKeySearch(query: string, searchKeys: CommandSources['searchKeys']): KeySearch {
  const [search, setSearch] = useState<KeySearch>(IDLE);
  const wanted = query.trim();

  useEffect(() => {
    if (wanted === '') {
      setSearch(IDLE);
      return;
    }
    const controller = new AbortController();
    setSearch((previous) => ({ results: previous.results, state: 'searching' }));
    const timer = setTimeout(() => {
      searchKeys(wanted, controller.signal).then(
        (results) => {
          if (!controller.signal.aborted) setSearch({ results, state: 'done' });
        },
        () => {
          if (!controller.signal.aborted) setSearch({ results: [], state: 'failed' });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [wanted, searchKeys]);

  return search;
}
