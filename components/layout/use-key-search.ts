'use client';

import { useEffect, useMemo, useState } from 'react';
import type { CommandSources, PaletteKeyResult } from './command-types';

export interface KeySearch {
  results: readonly PaletteKeyResult[];
  state: 'idle' | 'searching' | 'done' | 'failed';
}

type Answer = {
  readonly to: string;
  readonly results: readonly PaletteKeyResult[];
  readonly isFailed: boolean;
};

const IDLE: KeySearch = { results: [], state: 'idle' };
const NONE: Answer = { to: '', results: [], isFailed: false };
const PAUSE_MS = 120;

/** Until the answer is there, those of the answer before whose name holds what is typed by now. */
function whileSearching(answer: Answer, wanted: string): KeySearch {
  const text = wanted.toLowerCase();
  return {
    results: answer.results.filter(({ name }) => name.toLowerCase().includes(text)),
    state: 'searching',
  };
}

/** Asks for keys after a short pause in typing; an answer to an older question is dropped. */
export function useKeySearch(query: string, searchKeys: CommandSources['searchKeys']): KeySearch {
  const [answer, setAnswer] = useState(NONE);
  const wanted = query.trim();

  useEffect(() => {
    if (wanted === '') return;
    const controller = new AbortController();
    const tell = (results: Answer['results'], isFailed: boolean) => {
      if (!controller.signal.aborted) setAnswer({ to: wanted, results, isFailed });
    };
    const timer = setTimeout(() => {
      searchKeys(wanted, controller.signal).then(
        (results) => tell(results, false),
        () => tell([], true),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [wanted, searchKeys]);

  return useMemo(() => {
    if (wanted === '') return IDLE;
    if (answer.to !== wanted) return whileSearching(answer, wanted);
    return { results: answer.results, state: answer.isFailed ? 'failed' : 'done' };
  }, [answer, wanted]);
}
